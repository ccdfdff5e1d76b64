package dev.tidemark.lake.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an export holds and how to make it again, as JSON beside it. Two exports of the same version, question and format have the same manifest but for the
 * file's name. Immutable.
 *
 * @param file        the export's name, without its folder
 * @param table       the table's absolute location
 * @param committedAt when the version was committed, in UTC
 * @param question    what was asked of it
 * @param format      how it is written
 * @param columns     names of the file's columns
 * @param rows        rows in it, without the header
 * @param bytes       of the file
 * @param sha256      of the file, in hexadecimal
 */
public record Manifest(String file, String table, long version, Instant committedAt, Question question, CsvFormat format, List<String> columns, long rows,
                       long bytes, String sha256) {

    private static final String SUFFIX = ".manifest.json";
    private static final int FORM = 1;

    /** The manifest's place beside its export. */
    public static Path beside(Path export) {
        return export.resolveSibling(export.getFileName() + SUFFIX);
    }

    /** As JSON, ended by a line break. */
    public String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance).withObjectIndenter(
                    new com.fasterxml.jackson.core.util.DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField("manifest", FORM);
            json.writeStringField("file", file);
            json.writeStringField("table", table);
            json.writeNumberField("version", version);
            json.writeStringField("committedAt", committedAt.toString());
            json.writeObjectFieldStart("question");
            texts(json, "columns", question.columns());
            json.writeStringField("where", question.where());
            json.writeStringField("from", question.from());
            json.writeStringField("to", question.to());
            json.writeStringField("timeColumn", question.timeColumn());
            texts(json, "sort", question.sort());
            json.writeStringField("zone", question.zone().getId());
            json.writeEndObject();
            json.writeObjectFieldStart("format");
            json.writeStringField("delimiter", String.valueOf(format.delimiter()));
            json.writeStringField("decimal", String.valueOf(format.decimal()));
            json.writeStringField("zone", format.zone().getId());
            json.writeStringField("times", format.times().name().toLowerCase(Locale.ROOT));
            json.writeBooleanField("bom", format.bom());
            json.writeBooleanField("gzip", format.gzip());
            json.writeBooleanField("defused", format.defused());
            json.writeEndObject();
            texts(json, "columns", columns);
            json.writeNumberField("rows", rows);
            json.writeNumberField("bytes", bytes);
            json.writeStringField("sha256", sha256);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /**
     * Reads a manifest back.
     *
     * @throws LakeException NOT_FOUND, INVALID if it is none, UNREACHABLE
     */
    public static Manifest read(Path path) {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readString(path));
            if (json == null || json.path("manifest").asInt() != FORM) {
                throw invalid(path, "it is no manifest of an export", null);
            }
            JsonNode question = json.path("question");
            JsonNode format = json.path("format");
            return new Manifest(text(json, "file"), text(json, "table"), json.path("version").asLong(-1), Instant.parse(text(json, "committedAt")),
                    new Question(texts(question, "columns"), text(question, "where"), text(question, "from"), text(question, "to"), text(question, "timeColumn"),
                            texts(question, "sort"), ZoneId.of(text(question, "zone"))),
                    new CsvFormat(text(format, "delimiter").charAt(0), text(format, "decimal").charAt(0), ZoneId.of(text(format, "zone")),
                            CsvFormat.TimeStyle.valueOf(text(format, "times").toUpperCase(Locale.ROOT)), format.path("bom").asBoolean(), format.path("gzip").asBoolean(),
                            format.path("defused").asBoolean()),
                    texts(json, "columns"), json.path("rows").asLong(), json.path("bytes").asLong(), text(json, "sha256"));
        } catch (NoSuchFileException e) {
            throw new LakeException(Reason.NOT_FOUND, "Cannot read " + path + ": there is no such file. Check the path", e);
        } catch (com.fasterxml.jackson.core.JsonProcessingException | DateTimeException | IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
            throw invalid(path, "it is no manifest of an export, or was changed", e);
        } catch (IOException e) {
            throw new LakeException(Reason.UNREACHABLE, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static LakeException invalid(Path path, String why, Exception cause) {
        return new LakeException(Reason.INVALID, "Cannot read " + path + ": " + why + " (expected a file written beside an export by --manifest)", cause);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).textValue();
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
