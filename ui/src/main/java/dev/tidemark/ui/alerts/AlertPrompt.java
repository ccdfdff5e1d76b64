package dev.tidemark.ui.alerts;

import dev.tidemark.ui.form.Form;
import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Asks before something is done about alerts: with a comment, and for shelving, until when. Enter does it, Esc does not. */
final class AlertPrompt extends Sheet {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final TextField comment = Form.words("alert-comment");
    private final HBox presets = new HBox(8);
    private Consumer<String> onConfirm = words -> { };

    /**
     * @param ok            what the button says that does it; null if there are presets instead
     * @param commentNeeded whether it cannot be done without a comment
     */
    AlertPrompt(String title, String subject, String ok, boolean commentNeeded, Runnable hide) {
        super("alert-prompt", title, 500, hide);
        Label about = new Label(subject);
        about.getStyleClass().add("quiet");
        about.setWrapText(true);
        comment.setPromptText(Messages.text(commentNeeded ? "alerts.prompt.comment.needed" : "alerts.prompt.comment"));
        HBox foot = foot(new Label(), cancel("alert-cancel"));
        subtitle(about);
        getChildren().addAll(comment, foot);
        beginAt(comment);
        if (ok != null) {
            Button confirm = button("", "action-button", this::confirm);
            confirm.setText(ok);
            confirm.setId("alert-confirm");
            confirm.disableProperty().bind(comment.textProperty().map(words -> commentNeeded && words.isBlank()));
            comment.setOnAction(event -> confirm.fire());
            foot.getChildren().add(confirm);
        }
    }

    void setOnConfirm(Consumer<String> body) {
        onConfirm = body;
    }

    private void confirm() {
        close();
        onConfirm.accept(comment.getText());
    }

    /** A button for a usual length of time. */
    void preset(Duration length, Consumer<String> body) {
        if (presets.getChildren().isEmpty()) {
            getChildren().add(getChildren().indexOf(comment) + 1, presets);
        }
        Button button = button("", presets.getChildren().isEmpty() ? "action-button" : "plain-button", () -> {
            close();
            body.accept(comment.getText());
        });
        button.setText(Format.age(length));
        button.setId("shelve-" + length.toMinutes());
        if (presets.getChildren().isEmpty()) {
            comment.setOnAction(event -> button.fire());
        }
        presets.getChildren().add(button);
    }

    /** A field for any other end, in the zone in which times are shown. */
    void until(InstantSource clock, BiConsumer<Instant, String> body) {
        TextField field = Form.words("shelve-until");
        Instant usual = clock.instant().plus(Duration.ofHours(24));
        String words = Messages.text("alerts.prompt.until", Format.zoneName(usual));
        field.setText(TIME.format(usual.atZone(Format.zone())));
        field.setPrefColumnCount(13);
        field.setAccessibleText(words);
        Button button = button("", "plain-button", () -> time(field.getText()).filter(clock.instant()::isBefore).ifPresent(until -> {
            close();
            body.accept(until, comment.getText());
        }));
        button.setText(words);
        button.setId("shelve-until-button");
        button.disableProperty().bind(field.textProperty().map(text -> time(text).filter(clock.instant()::isBefore).isEmpty()));
        field.setOnAction(event -> button.fire());
        presets.getChildren().addAll(field, button);
        presets.setAlignment(Pos.CENTER_LEFT);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), TIME).atZone(Format.zone()).toInstant());
        } catch (DateTimeParseException notYet) {
            return Optional.empty();
        }
    }

    private static Button button(String key, String style, Runnable body) {
        Button button = new Button(key.isEmpty() ? "" : Messages.text(key));
        button.getStyleClass().setAll("button", style);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> body.run());
        return button;
    }
}
