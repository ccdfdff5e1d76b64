package dev.tidemark.ui;

import dev.tidemark.ui.command.Command;
import dev.tidemark.ui.command.Command.Section;
import dev.tidemark.ui.command.Commands;
import dev.tidemark.ui.export.ExportModel;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.travel.TravelModel;
import javafx.stage.Stage;

/** The commands of the frame: pages, time travel, charts, the lake and the window itself. What belongs to one page is added there. */
final class WindowCommands {

    private WindowCommands() {
    }

    static void addPages(Commands commands, Pages pages) {
        for (int i = 0; i < pages.all().size(); i++) {
            Page page = pages.all().get(i);
            commands.add(Command.of("page." + page.id(), Section.PAGES, () -> pages.show(page.id()), "Ctrl+" + (i + 1)));
        }
    }

    static void addTravel(Commands commands, TravelModel travel) {
        commands.add(Command.of("travel.live", Section.TIME, travel::goLive, "L", "Escape"));
        commands.add(Command.of("travel.pause", Section.TIME, travel::toggle, "Space"));
        commands.add(Command.of("travel.back", Section.TIME, () -> travel.step(-1), "Left"));
        commands.add(Command.of("travel.forward", Section.TIME, () -> travel.step(1), "Right"));
    }

    static void addCharts(Commands commands, LiveModel live, ExportModel export) {
        commands.add(Command.of("zoom.undo", Section.CHARTS, live::undoZoom, "Ctrl+Z").when(live.zoomedProperty()::get));
        commands.add(Command.of("export", Section.CHARTS, export::export, "Ctrl+E").when(() -> live.frameProperty().get() != null));
    }

    static void addWindow(Commands commands, Runnable openFolder, Appearance appearance, Stage stage, Runnable sheet) {
        commands.add(Command.of("lake.open", Section.LAKE, openFolder, "Ctrl+O"));
        commands.add(Command.of("theme", Section.WINDOW, appearance::toggle, "Ctrl+D"));
        commands.add(Command.of("fullscreen", Section.WINDOW, () -> stage.setFullScreen(!stage.isFullScreen()), "F11"));
        commands.add(Command.of("keys", Section.WINDOW, sheet, "?"));
    }

    /** The tip of a button that runs a command: its name and its first key. */
    static String tip(Commands commands, String id) {
        Command command = commands.find(id).orElseThrow();
        return command.keys().isEmpty() ? command.text() : Messages.text("command.tip", command.text(), command.keys().get(0).text());
    }
}
