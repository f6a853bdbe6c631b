package dev.persona.plugin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.profile.Profile;

import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.junit.jupiter.api.Test;

/**
 * What may use what, over all three modules.
 *
 * <p>The rules are plain tests: as fields of ArchUnit's own engine, surefire counts none of them
 * and passes whatever they find.
 */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.persona");

    @Test
    void classesOfAllModulesAreFound() {
        assertTrue(CLASSES.contain("dev.persona.profiling.factorization.Blas"));
        assertTrue(CLASSES.contain("dev.persona.ranking.model.RankingModel"));
        assertTrue(CLASSES.contain("dev.persona.plugin.PersonaPlugin"));
    }

    @Test
    void packagesOfThePluginFormNoCircle() {
        slices().matching("dev.persona.plugin.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void jsonUsesNoOtherPackageOfThePlugin() {
        noClasses()
                .that()
                .resideInAPackage("dev.persona.plugin.json..")
                .should()
                .dependOnClassesThat(
                        in("dev.persona.plugin..").and(notIn("dev.persona.plugin.json..")))
                .check(CLASSES);
    }

    @Test
    void onlyTheRestPackageSpeaksHttp() {
        classes()
                .that()
                .areAssignableTo(RestHandler.class)
                .should()
                .resideInAPackage("dev.persona.plugin.rest..")
                .check(CLASSES);
    }

    @Test
    void theRestPackageOnlyCallsActions() {
        noClasses()
                .that()
                .resideInAPackage("dev.persona.plugin.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.elasticsearch.cluster..",
                        "org.elasticsearch.index..",
                        "org.elasticsearch.action.index..",
                        "org.elasticsearch.action.bulk..",
                        "org.elasticsearch.action.get..")
                .check(CLASSES);
    }

    @Test
    void onlyFactorizationCallsJblas() {
        noClasses()
                .that(notIn("dev.persona.profiling.factorization.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jblas..")
                .check(CLASSES);
    }

    @Test
    void onlyModelAndTrainingOfRankingCallLightGbm() {
        noClasses()
                .that(
                        notIn("dev.persona.ranking.model..")
                                .and(notIn("dev.persona.ranking.training..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.metarank..", "com.microsoft.ml..")
                .check(CLASSES);
    }

    @Test
    void thePureModulesKnowNoElasticsearch() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.persona.profiling..", "dev.persona.ranking..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.elasticsearch..", "org.apache.lucene..", "dev.persona.plugin..")
                .check(CLASSES);
    }

    @Test
    void onlyTheFollowerTheRebuildTheReplayAndSessionsApplyEvents() {
        noClasses()
                .that(
                        notIn("dev.persona.plugin.follower..")
                                .and(notIn("dev.persona.plugin.rebuild.."))
                                // The session of somebody of whom nothing is stored.
                                .and(notIn("dev.persona.plugin.recommend.."))
                                .and(notIn("dev.persona.ranking.training.."))
                                .and(notIn("dev.persona.profiling.profile..")))
                .should()
                .callMethod(Profile.class, "apply", Event.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheRescorePackageRescores() {
        classes()
                .that()
                .areAssignableTo(RescorerBuilder.class)
                .should()
                .resideInAPackage("dev.persona.plugin.rescore..")
                .check(CLASSES);
        noClasses()
                .that(notIn("dev.persona.plugin.rescore..").and(notIn("dev.persona.plugin")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.persona.plugin.rescore..")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> in(String packages) {
        return JavaClass.Predicates.resideInAPackage(packages);
    }

    private static DescribedPredicate<JavaClass> notIn(String packages) {
        return JavaClass.Predicates.resideOutsideOfPackage(packages);
    }
}
