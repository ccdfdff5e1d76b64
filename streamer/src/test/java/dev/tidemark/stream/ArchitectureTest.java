package dev.tidemark.stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The walls of the streamer: which package may know which. */
@AnalyzeClasses(packages = "dev.tidemark.stream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule readings_flow_one_way = layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.tidemark.stream..")
            .layer("cli").definedBy("..stream.cli..")
            .layer("status").definedBy("..stream.status..")
            .layer("pipeline").definedBy("..stream.pipeline..")
            .layer("alert").definedBy("..stream.alert..")
            .layer("reference").definedBy("..stream.reference..")
            .layer("window").definedBy("..stream.window..")
            .layer("decode").definedBy("..stream.decode..")
            .layer("source").definedBy("..stream.source..")
            .layer("table").definedBy("..stream.table..")
            .layer("log").definedBy("..stream.log..")
            .layer("config").definedBy("..stream.config..")
            .layer("state").definedBy("..stream.state..")
            .layer("hub").definedBy("..stream.hub..")
            .layer("maintain").definedBy("..stream.maintain..")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer()
            .whereLayer("hub").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("status").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("pipeline").mayOnlyBeAccessedByLayers("maintain", "status", "cli")
            .whereLayer("alert").mayOnlyBeAccessedByLayers("pipeline", "cli")
            .whereLayer("reference").mayOnlyBeAccessedByLayers("pipeline", "cli")
            .whereLayer("window").mayOnlyBeAccessedByLayers("alert", "maintain", "pipeline", "cli")
            .whereLayer("decode").mayOnlyBeAccessedByLayers("alert", "reference", "window", "pipeline", "status", "cli")
            .whereLayer("source").mayOnlyBeAccessedByLayers("decode", "reference", "pipeline", "status", "cli")
            .whereLayer("table").mayOnlyBeAccessedByLayers("maintain", "pipeline", "cli")
            .whereLayer("maintain").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("log").mayOnlyBeAccessedByLayers("table", "maintain", "pipeline", "status", "cli");

    @ArchTest
    static final ArchRule anything_may_be_configured_and_configuration_knows_nothing = noClasses().that().resideInAPackage("..stream.config..")
            .should().dependOnClassesThat(resideInAPackage("dev.tidemark..").and(DescribedPredicate.not(resideInAPackage("..stream.config.."))));

    @ArchTest
    static final ArchRule state_can_be_written_by_anything_and_knows_nothing = noClasses().that().resideInAPackage("..stream.state..")
            .should().dependOnClassesThat(resideInAPackage("dev.tidemark..").and(DescribedPredicate.not(resideInAPackage("..stream.state.."))));

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("dev.tidemark.stream.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_streamer_does_not_know_the_desktop = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("dev.tidemark.ui..", "javafx..", "java.awt..", "javax.swing..");

    @ArchTest
    static final ArchRule windows_are_pure = noClasses().that().resideInAPackage("..stream.window..").should().dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio..", "java.util.concurrent..", "java.time..", "org.slf4j..", "dev.tidemark.lake..", "io.delta..",
                    "org.apache.hadoop..").or(DescribedPredicate.describe("Thread", (JavaClass type) -> type.isEquivalentTo(Thread.class))));

    @ArchTest
    static final ArchRule alerts_are_pure = noClasses().that().resideInAPackage("dev.tidemark.stream.alert").should().dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..", "java.time..", "org.slf4j..", "io.delta..",
                    "org.apache.hadoop..").or(DescribedPredicate.describe("Thread", (JavaClass type) -> type.isEquivalentTo(Thread.class))));

    @ArchTest
    static final ArchRule decoding_reads_and_writes_nothing = noClasses().that().resideInAPackage("..stream.decode..").should().dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "dev.tidemark.lake..", "org.slf4j..");

    @ArchTest
    static final ArchRule only_the_command_line_knows_what_time_it_is = noClasses().that().resideOutsideOfPackage("..stream.cli..")
            .should().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Instant.class, "now")
            .orShould().callMethod(LocalDateTime.class, "now")
            .orShould().callMethod(Clock.class, "systemUTC")
            .orShould().callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule nobody_prints_but_the_command_line = noClasses().that().resideOutsideOfPackage("..stream.cli..")
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
            .orShould().callMethod(Throwable.class, "printStackTrace");
}
