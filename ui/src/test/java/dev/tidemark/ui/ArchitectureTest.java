package dev.tidemark.ui;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The walls of the desktop. */
@AnalyzeClasses(packages = "dev.tidemark.ui", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_STREAMER_IS_NOT_KNOWN = noClasses().should().dependOnClassesThat().resideInAPackage("dev.tidemark.stream..");

    @ArchTest
    static final ArchRule NO_AWT_AND_NO_SWING = noClasses().should().dependOnClassesThat().resideInAnyPackage("java.awt..", "javax.swing..");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY = slices().matching("dev.tidemark.ui.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PAGES_DO_NOT_KNOW_THE_WINDOW = noClasses().that().resideInAPackage("dev.tidemark.ui.*..")
            .should().dependOnClassesThat().resideInAPackage("dev.tidemark.ui");

    @ArchTest
    static final ArchRule MODELS_KNOW_NO_CONTROL = noClasses().that().haveSimpleNameEndingWith("Model")
            .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..", "eu.hansolo..", "atlantafx..");

    @ArchTest
    static final ArchRule WHAT_READS_TABLES_KNOWS_NO_TOOLKIT = noClasses().that()
            .haveNameMatching("dev\\.tidemark\\.ui\\.(live\\.(Feed|Reader|Readings|Answer|Catalogue|Activity|Line|Extent|TableShape|Recognition|RowTime|TimeColumns|Question|Asked|Frame|Heartbeat)|alerts\\.(ActTable|AlarmFigures|AlarmKey|Alert(Book|Board|Change|Feed|Filter|Line|Marks|State|Table)|Floods|Ledger|Outbox)|task\\..*|travel\\.(Mark|Position)).*")
            .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..");

    @ArchTest
    static final ArchRule THE_READERS_INNER_ROOMS_STAY_CLOSED = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("dev.tidemark.lake.log..", "io.delta..", "org.apache.hadoop..", "org.apache.parquet..");
}
