package dev.persona.ranking;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/** Imports run one way: plugin to ranking to profiling, and in circles nowhere. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.persona.ranking");

    @Test
    void classesAreFound() {
        assertTrue(CLASSES.contain("dev.persona.ranking.model.RankingModel"));
        assertTrue(CLASSES.contain("dev.persona.ranking.signal.CrossFit"));
    }

    @Test
    void rankingKnowsNoElasticsearch() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.elasticsearch..", "org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void rankingImportsNothingFromThePlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.persona.plugin..")
                .check(CLASSES);
    }

    @Test
    void onlyModelAndTrainingTouchLightGbm() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.persona.ranking.model..", "dev.persona.ranking.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.metarank..", "com.microsoft.ml..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("dev.persona.ranking.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
