package dev.tidemark.ui.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.export.CsvFormat;
import dev.tidemark.ui.form.Form;
import dev.tidemark.ui.form.Segments;
import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Asks what to export and how. Enter goes on to the place, Esc does not. */
public final class ExportDialog extends Sheet {

    private static final double NAMES = 96;
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private final DraftModel draft;
    private final Button write = Form.button("export-write", "export.write", "action-button");

    /**
     * @param onWrite writes the draft; false if the operator thought better of it
     * @param close   takes the dialog off the screen
     */
    public ExportDialog(DraftModel draft, BooleanSupplier onWrite, Runnable close) {
        super("export-dialog", Messages.text("export.title"), 940, close);
        this.draft = draft;
        Label about = new Label();
        about.setId("export-about");
        about.getStyleClass().addAll("mono", "faint");
        about.textProperty().bind(draft.snapshotProperty().map(ExportDialog::about).orElse(Messages.text("export.looking")));
        HBox parts = new HBox(36, question(), format());
        HBox.setHgrow(parts.getChildren().get(0), Priority.ALWAYS);
        subtitle(about);
        getChildren().addAll(parts, buttons(onWrite));
        beginAt(write);
        // By whatever way it went.
        sceneProperty().addListener((property, before, now) -> {
            if (now == null) {
                draft.close();
            }
        });
    }

    private static String about(Snapshot snapshot) {
        return snapshot.table() + "  \u00b7  v\u2009" + Format.whole(snapshot.version()) + "  \u00b7  " + Format.zoned(snapshot.committedAt());
    }

    private Form question() {
        Form form = new Form(NAMES);
        List<DraftModel.Scope> scopes = new ArrayList<>(List.of(DraftModel.Scope.values()));
        if (!draft.hasScreen()) {
            scopes.remove(DraftModel.Scope.SCREEN);
        }
        Segments<DraftModel.Scope> scope = new Segments<>("export-scope", scopes, draft.scopeProperty().get(), each -> Messages.text("export.scope." + each));
        scope.chosenProperty().bindBidirectional(draft.scopeProperty());
        form.row("export.scope", scope);
        form.row("export.columns", field("export-columns", "export.columns.all", draft.columnsProperty()));
        form.row("export.where", field("export-where", "export.where.none", draft.whereProperty()));
        form.row("export.from", field("export-from", "export.from.none", draft.fromProperty()));
        form.row("export.to", field("export-to", "export.to.none", draft.toProperty()));
        form.row("export.sort", field("export-sort", "export.sort.none", draft.sortProperty()));
        form.setPrefWidth(500);
        return form;
    }

    private TextField field(String id, String empty, StringProperty text) {
        TextField field = Form.words(id);
        field.getStyleClass().add("mono");
        field.setPromptText(Messages.text(empty));
        field.textProperty().bindBidirectional(text);
        BooleanBinding own = draft.scopeProperty().isEqualTo(DraftModel.Scope.QUERY);
        field.editableProperty().bind(own);
        field.opacityProperty().bind(Bindings.when(own).then(1.0).otherwise(0.65));
        return field;
    }

    private Form format() {
        Form form = new Form(NAMES);
        CsvFormat now = draft.formatProperty().get();
        Segments<Character> delimiter = new Segments<>("export-delimiter", DELIMITERS, now.delimiter(),
                sign -> sign == '\t' ? Messages.text("export.delimiter.tab") : String.valueOf(sign));
        Segments<Character> decimal = new Segments<>("export-decimal", List.of('.', ','), now.decimal(), sign -> Messages.text(sign == '.' ? "export.decimal.point" : "export.decimal.comma"));
        delimiter.chosenProperty().addListener((property, before, sign) -> {
            if (sign == ',' && decimal.chosenProperty().get() == ',') {
                decimal.chosenProperty().set('.');
            }
            change(format -> format.signs(sign, decimal.chosenProperty().get()));
        });
        decimal.chosenProperty().addListener((property, before, sign) -> {
            if (sign == ',' && delimiter.chosenProperty().get() == ',') {
                // A comma cannot be both; spreadsheets of such countries part by semicolons.
                delimiter.chosenProperty().set(';');
            }
            change(format -> format.signs(delimiter.chosenProperty().get(), sign));
        });
        Segments<CsvFormat.TimeStyle> times = new Segments<>("export-times", List.of(CsvFormat.TimeStyle.values()), now.times(), style -> Messages.text("export.times." + style));
        times.chosenProperty().addListener((property, before, style) -> change(format -> format.times(format.zone(), style)));
        List<ZoneId> zones = new ArrayList<>(List.of(ZoneOffset.UTC));
        for (ZoneId zone : List.of(ZoneId.systemDefault(), now.zone())) {
            if (!zones.contains(zone) && !zone.normalized().equals(ZoneOffset.UTC)) {
                zones.add(zone);
            }
        }
        Segments<ZoneId> zone = new Segments<>("export-zone", zones, now.zone(), each -> each.equals(ZoneOffset.UTC) ? "UTC" : each.getId());
        zone.chosenProperty().addListener((property, before, chosen) -> change(format -> format.times(chosen, format.times())));
        form.row("export.delimiter", delimiter);
        form.row("export.decimal", decimal);
        form.row("export.times", times);
        form.row("export.zone", zone);
        CheckBox manifest = Form.check("export-manifest", "export.manifest");
        manifest.selectedProperty().bindBidirectional(draft.manifestProperty());
        VBox checks = new VBox(8, check("bom", now.bom(), CsvFormat::bom), check("gzip", now.gzip(), CsvFormat::gzip),
                check("defused", now.defused(), CsvFormat::defused), manifest);
        checks.setMinHeight(Region.USE_PREF_SIZE);
        form.row("export.file", checks);
        return form;
    }

    private interface Switch {
        CsvFormat with(CsvFormat format, boolean on);
    }

    private CheckBox check(String name, boolean on, Switch change) {
        CheckBox box = Form.check("export-" + name, "export." + name);
        box.setSelected(on);
        box.setOnAction(event -> change(format -> change.with(format, box.isSelected())));
        return box;
    }

    private void change(UnaryOperator<CsvFormat> change) {
        CsvFormat before = draft.formatProperty().get();
        // Between two signs that change together there can be a moment in which they are the same.
        try {
            draft.formatProperty().set(change.apply(before));
        } catch (LakeException theSame) {
            draft.formatProperty().set(before);
        }
    }

    private HBox buttons(BooleanSupplier onWrite) {
        Label note = new Label();
        note.setId("export-note");
        note.textProperty().bind(Bindings.createStringBinding(() -> !draft.problemProperty().get().isEmpty() ? draft.problemProperty().get()
                : draft.rowsProperty().get() < 0 ? Messages.text("export.counting") : Messages.text("export.rows", Format.whole(draft.rowsProperty().get())),
                draft.problemProperty(), draft.rowsProperty()));
        draft.problemProperty().isEmpty().addListener((property, before, fine) -> colour(note, fine));
        colour(note, draft.problemProperty().get().isEmpty());
        write.setGraphic(Icons.of(Feather.DOWNLOAD, 15));
        write.setDefaultButton(true);
        write.disableProperty().bind(draft.problemProperty().isNotEmpty());
        write.setOnAction(event -> {
            if (onWrite.getAsBoolean()) {
                close();
            }
        });
        return foot(note, cancel("export-cancel"), write);
    }

    private static void colour(Label note, boolean fine) {
        note.getStyleClass().removeAll("quiet", "alarm-text");
        note.getStyleClass().add(fine ? "quiet" : "alarm-text");
    }
}
