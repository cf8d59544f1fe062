package dev.stagedoor.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniAwait;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The import rules of CONTRIBUTING.md; a failing rule names the line that breaks it. */
@AnalyzeClasses(packages = "dev.stagedoor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String FEATURES =
            "dev.stagedoor.(account|livestream|analytics|creator|wallet|chat|availability)..";
    private static final String SQL_CLIENT = "io.vertx.mutiny.sqlclient..";

    @ArchTest
    static final ArchRule featuresMeetOnlyThroughTheirApiPackages = slices().matching(FEATURES)
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.stagedoor.*.api"));

    @ArchTest
    static final ArchRule thePlatformKnowsNoFeature = noClasses()
            .that()
            .resideInAnyPackage("dev.stagedoor.platform..", "dev.stagedoor.cache..", "dev.stagedoor.realtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FEATURES);

    @ArchTest
    static final ArchRule thePlatformHasNoCycles =
            slices().matching("dev.stagedoor.platform.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule entitiesStayInTheirPackage =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule resourcesKnowHttpAndServicesOnly = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(Entity.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..",
                    "org.hibernate..",
                    "io.quarkus.hibernate..",
                    SQL_CLIENT,
                    "io.quarkus.redis..");

    /** Or a client that hangs up would end a write between its commit and its invalidation. */
    @ArchTest
    static final ArchRule resourcesFinishWhatTheyBegan =
            classes().that().areAnnotatedWith(Path.class).should().beAnnotatedWith(Cancellable.class);

    @ArchTest
    static final ArchRule servicesKnowNoHttp = noClasses()
            .that()
            .haveSimpleNameEndingWith("Service")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx.core.http..");

    @ArchTest
    static final ArchRule sqlLivesInStoresAndQueries = noClasses()
            .that()
            .resideOutsideOfPackage("..platform..")
            .and()
            .haveNameNotMatching(".*(Store|Queries|Rows|Statement)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SQL_CLIENT);

    @ArchTest
    static final ArchRule redisIsAPlatformMatter = noClasses()
            .that()
            .resideOutsideOfPackages("..platform..", "..cache..", "..realtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quarkus.redis..");

    @ArchTest
    static final ArchRule embeddedServersStayOutOfTheRest = noClasses()
            .that()
            .resideOutsideOfPackage("..platform.embedded..")
            .and()
            .doNotHaveFullyQualifiedName("dev.stagedoor.Main")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..platform.embedded..", "io.zonky..", "redis.embedded..");

    @ArchTest
    static final ArchRule viewsSurviveTheNativeImage =
            classes().that().haveSimpleNameEndingWith("View").should().beAnnotatedWith(RegisterForReflection.class);

    /** Of Pusher, the validator of Quarkus must reach the groups; of analytics, its packages share one. */
    @ArchTest
    static final ArchRule configurationIsAFeaturesOwn = classes()
            .that()
            .areAnnotatedWith(ConfigMapping.class)
            .and()
            .haveNameNotMatching(".*(PusherConfig|AnalyticsConfig|MonitoringConfig)")
            .should()
            .haveSimpleNameEndingWith("Config")
            .andShould()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule apiPackagesHoldNoServices = noClasses()
            .that()
            .resideInAPackage("dev.stagedoor.*.api")
            .should()
            .haveSimpleNameEndingWith("Service")
            .orShould()
            .haveSimpleNameEndingWith("Store");

    @ArchTest
    static final ArchRule nothingBlocksOnAUni = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.stagedoor.Application")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(UniAwait.class);

    @ArchTest
    static final ArchRule featuresNeitherSubscribeNorShareNorForkAUni = noClasses()
            .that()
            .resideOutsideOfPackages("..platform..", "..cache..", "..realtime..")
            .should()
            .callMethod(Uni.class, "subscribe")
            .orShould()
            .callMethod(Uni.class, "memoize")
            .orShould()
            .callMethod(Uni.class, "combine")
            .orShould()
            .callMethod(Uni.class, "join");

    @ArchTest
    static final ArchRule injectionIsByConstructor =
            fields().should().notBeAnnotatedWith(Inject.class).allowEmptyShould(true);
}
