package dev.tidemark.ui.theme;

import javafx.css.CssParser;
import javafx.css.Declaration;
import javafx.css.Stylesheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StyleSheetTest {

    @TempDir
    Path folder;

    @Test
    void its_binary_form_says_what_its_text_says() throws Exception {
        StyleSheet.main(new String[] {folder.toString()});
        for (StyleSheet sheet : StyleSheet.values()) {
            List<String> binary = rules(Stylesheet.loadBinary(folder.resolve(sheet.binaryName()).toUri().toURL()));
            assertThat(binary).as(sheet.name()).isNotEmpty().isEqualTo(rules(new CssParser().parse(sheet.source())));
        }
    }

    private static List<String> rules(Stylesheet sheet) {
        return sheet.getRules().stream().map(rule -> rule.getSelectors() + " { " + rule.getDeclarations().stream().map(Declaration::getProperty).toList() + " }").toList();
    }
}
