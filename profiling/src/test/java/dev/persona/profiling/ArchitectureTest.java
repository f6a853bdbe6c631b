package dev.persona.profiling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/**
 * Imports run one way: plugin to ranking to profiling, and in circles nowhere.
 *
 * <p>The rules are plain tests: as fields of ArchUnit's own engine, surefire counts none of them
 * and passes whatever they find.
 */
class ArchitectureTest {
    /** What computes on interactions, wherever those come from. */
    private static final String[] COMPUTATIONS = {
        "dev.persona.profiling.factorization..", "dev.persona.profiling.cooccurrence.."
    };

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.persona.profiling");

    @Test
    void classesAreFound() {
        assertTrue(CLASSES.contain("dev.persona.profiling.factorization.FactorModel"));
    }

    @Test
    void profilingKnowsNoElasticsearch() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.elasticsearch..", "org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void profilingImportsNothingFromThoseThatImportIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.persona.ranking..", "dev.persona.plugin..")
                .check(CLASSES);
    }

    @Test
    void computationsKnowNeitherEventsNorProfiles() {
        noClasses()
                .that()
                .resideInAnyPackage(COMPUTATIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.persona.profiling.event..", "dev.persona.profiling.profile..")
                .check(CLASSES);
    }

    @Test
    void computationsKnowNoJson() {
        noClasses()
                .that()
                .resideInAnyPackage(COMPUTATIONS)
                .or()
                .resideInAPackage("dev.persona.profiling.coldstart..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "dev.persona.profiling.json..")
                .check(CLASSES);
    }

    @Test
    void ofTheSegmentsOnlyTheirJsonKnowsJson() {
        noClasses()
                .that()
                .resideInAPackage("dev.persona.profiling.segment..")
                .and()
                .doNotHaveSimpleName("SegmentJson")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "dev.persona.profiling.json..")
                .check(CLASSES);
    }

    @Test
    void onlyKMeansKnowsTheLibraryThatClusters() {
        noClasses()
                .that()
                .haveNameNotMatching(".*[.]KMeans([$].*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hipparchus..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("dev.persona.profiling.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
