package dev.tidemark.lake;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The walls of the reader: who may know whom. */
@AnalyzeClasses(packages = "dev.tidemark.lake", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String LAKE = "dev.tidemark.lake";

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("dev.tidemark.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule each_layer_knows_only_those_below = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(LAKE + "..")
            .layer("azure").definedBy(LAKE + ".azure")
            .layer("log").definedBy(LAKE + ".log")
            .layer("tail").definedBy(LAKE + ".tail")
            .layer("lake").definedBy(LAKE)
            .layer("column").definedBy(LAKE + ".column")
            .layer("scan").definedBy(LAKE + ".scan")
            .layer("diff").definedBy(LAKE + ".diff")
            .layer("export").definedBy(LAKE + ".export")
            .layer("append").definedBy(LAKE + ".append")
            .layer("cli").definedBy(LAKE + ".cli")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer()
            .whereLayer("export").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("append").mayNotBeAccessedByAnyLayer()
            .whereLayer("diff").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("scan").mayOnlyBeAccessedByLayers("diff", "export", "cli")
            .whereLayer("column").mayOnlyBeAccessedByLayers("scan", "diff", "export")
            .whereLayer("tail").mayOnlyBeAccessedByLayers("lake")
            .whereLayer("log").mayOnlyBeAccessedByLayers("lake", "tail", "column", "append")
            .whereLayer("azure").mayOnlyBeAccessedByLayers("log", "lake", "column");

    @ArchTest
    static final ArchRule delta_standalone_is_known_to_the_log_alone = noClasses().that().resideOutsideOfPackage(LAKE + ".log")
            .should().dependOnClassesThat().resideInAnyPackage("io.delta..", "scala..");

    @ArchTest
    static final ArchRule the_azure_sdk_is_loaded_only_for_identities = noClasses().that().haveSimpleNameNotStartingWith("Identities")
            .should().dependOnClassesThat().resideInAnyPackage("com.azure..", "com.microsoft..");

    @ArchTest
    static final ArchRule picocli_is_known_to_the_command_line_alone = noClasses().that().resideOutsideOfPackage(LAKE + ".cli")
            .should().dependOnClassesThat().resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule nothing_knows_the_other_modules_or_a_screen = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("dev.tidemark.stream..", "dev.tidemark.ui..", "javafx..", "java.awt..", "javax.swing..");

    @ArchTest
    static final ArchRule results_go_through_the_terminal_and_not_past_it = noClasses().that().doNotHaveFullyQualifiedName(LAKE + ".cli.TidemarkLake")
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
