package io.cloudland.callback;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the house to its plan: who may know whom, and where the engines may be seen. */
class ArchitectureTest {

    private static final String BASE = "io.cloudland.callback";

    /** Each room with the rooms it may know. What is not listed is forbidden. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("error", Set.of()),
            Map.entry("time", Set.of()),
            Map.entry("config", Set.of("model", "error", "time")),
            Map.entry("cluster", Set.of("error", "time")),
            Map.entry("store", Set.of("cluster", "model", "error", "time")),
            Map.entry("lookup", Set.of("config", "model", "error", "time")),
            Map.entry("registry", Set.of("store", "lookup", "config", "model", "error", "time", "observe")),
            Map.entry("ingest", Set.of("registry", "store", "model", "error", "time", "observe")),
            Map.entry("http", Set.of("model", "error", "time")),
            Map.entry("observe", Set.of("model", "store", "error", "time")),
            Map.entry("delivery", Set.of("store", "http", "observe", "model", "error", "time")),
            Map.entry("admin", Set.of("model", "error")),
            Map.entry("receiver", Set.of("error", "time")));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @TestFactory
    Stream<DynamicTest> each_room_knows_only_the_rooms_it_may_know() {
        return MAY_KNOW.keySet().stream()
                .sorted()
                .map(room -> DynamicTest.dynamicTest(
                        room, () -> knowsOnlyItsNeighbours(room).check(HOUSE)));
    }

    private static ArchRule knowsOnlyItsNeighbours(String room) {
        String[] allowed = Stream.concat(Stream.of(room), MAY_KNOW.getOrDefault(room, Set.of()).stream())
                .map(name -> BASE + "." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(BASE + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + "..").and(resideOutsideOfPackages(allowed)))
                .allowEmptyShould(true);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass>
            resideOutsideOfPackages(String... packages) {
        return com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages(packages);
    }

    @Test
    void every_package_is_a_room_of_the_plan() {
        Set<String> rooms = new TreeSet<>();
        HOUSE.forEach(type -> rooms.add(roomOf(type.getPackageName())));
        Set<String> planned = new TreeSet<>(MAY_KNOW.keySet());
        planned.add("(root)");
        planned.add("cli");
        assertThat(planned).containsAll(rooms);
    }

    private static String roomOf(String packageName) {
        String inside = packageName.substring(BASE.length());
        return inside.isEmpty() ? "(root)" : inside.substring(1).split("\\.", -1)[0];
    }

    @Test
    void the_model_knows_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage(BASE + ".model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", BASE + ".model..")
                .check(HOUSE);
    }

    @Test
    void rooms_have_no_cycles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void decisions_are_pure() {
        noClasses()
                .that()
                .haveNameMatching(
                        ".*(RetryPolicy|OutcomeClassifier|EndpointMatcher|RequestSigner|Enricher|CommandLine|AddressPolicy|HostLiteral|EmbeddedAddresses|SpecialNetworks|FlowRules|HandshakeRules|HandshakeVerdict|Consent|FlowState|FlowView|TokenBucket|SlotShare|LeaseView|Coalescing)")
                .and()
                .resideInAPackage(BASE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "java.util.concurrent..")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @TestFactory
    Stream<DynamicTest> engines_are_seen_in_their_one_room_only() {
        Map<String, String[]> engines = Map.of(
                "io.vertx.pgclient..", new String[] {"lookup", "store.postgresql"},
                "io.vertx.sqlclient..", new String[] {"lookup", "store.postgresql"},
                "io.vertx.ext.web..", new String[] {"cli"},
                "org.tomlj..", new String[] {"config"},
                "org.rocksdb..", new String[] {"store.rocksdb", "cli.bench"},
                "picocli..", new String[] {"cli"},
                "io.vertx.launcher..", new String[] {"cli"},
                "ch.qos.logback..", new String[] {"cli"},
                "com.hazelcast..", new String[] {"cli"});
        return engines.entrySet().stream()
                .map(engine -> DynamicTest.dynamicTest(
                        engine.getKey(),
                        () -> seenOnlyIn(engine.getKey(), engine.getValue()).check(HOUSE)));
    }

    private static ArchRule seenOnlyIn(String engine, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        Stream.of(rooms).map(room -> BASE + "." + room + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(engine);
    }

    @Test
    void nobody_reads_the_clock_past_the_time_room() {
        noClasses()
                .that(resideOutsideOfPackage(BASE + ".time..").and(resideOutsideOfPackage(BASE + ".cli..")))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE);
    }

    /** Arabic, Persian and Nepali machines write digits of their own: in SQL and in headers nobody reads them. */
    @Test
    void nothing_is_written_in_the_language_of_the_machine() {
        noClasses()
                .should()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(java.io.PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(HOUSE);
    }

    @Test
    void a_broken_rule_is_noticed() {
        // The rules themselves are tested: a room that may know nothing must be caught knowing something.
        ArchRule storeMayKnowNothing = noClasses()
                .that()
                .resideInAPackage(BASE + ".store..")
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + "..").and(resideOutsideOfPackage(BASE + ".store..")));
        assertThat(storeMayKnowNothing.evaluate(HOUSE).hasViolation()).isTrue();
        assertThat(seenOnlyIn("io.vertx.core..", "cli").evaluate(HOUSE).hasViolation())
                .isTrue();
    }
}
