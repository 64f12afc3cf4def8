package io.byoa;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.byoa", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Who may know whom: a folder, and the folders it may use besides itself. */
  private static final Map<String, List<String>> MAY_KNOW = new LinkedHashMap<>();

  static {
    MAY_KNOW.put("common", List.of());
    MAY_KNOW.put("store", List.of("common"));
    MAY_KNOW.put("upkeep", List.of("common", "store"));
    MAY_KNOW.put("runtime", List.of("common", "web", "access"));
    MAY_KNOW.put("bundle", List.of("common", "store"));
    MAY_KNOW.put("web", List.of("common"));
    MAY_KNOW.put("access", List.of("common", "web"));
    MAY_KNOW.put("database", List.of("common"));
    MAY_KNOW.put("template", List.of("common", "bundle", "web", "access"));
    MAY_KNOW.put("dataset", List.of("common", "store", "bundle", "web", "access"));
    MAY_KNOW.put(
        "algorithm", List.of("common", "store", "bundle", "runtime", "dataset", "web", "access"));
    MAY_KNOW.put("engine", List.of("common", "store", "runtime"));
    MAY_KNOW.put(
        "job",
        List.of("common", "store", "runtime", "dataset", "algorithm", "engine", "web", "access"));
    MAY_KNOW.put(
        "reconcile",
        List.of("common", "store", "runtime", "dataset", "algorithm", "engine", "job"));
  }

  @ArchTest
  static void everyFolderKnowsOnlyWhatItMay(JavaClasses classes) {
    assertThat(folders(classes)).as("folders with a rule").isSubsetOf(MAY_KNOW.keySet());
    MAY_KNOW.forEach((folder, known) -> {
      String[] strangers =
          MAY_KNOW.keySet().stream()
              .filter(other -> !other.equals(folder) && !known.contains(other))
              .map(other -> "io.byoa." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.byoa." + folder + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(strangers)
          .allowEmptyShould(true)
          .check(classes);
    });
  }

  @ArchTest
  static final ArchRule noFoldersKnowEachOther =
      slices().matching("io.byoa.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noPackagesKnowEachOther =
      slices().matching("io.(**)").should().beFreeOfCycles();

  private static final List<String> ADAPTERS =
      List.of("io.byoa.store.file..", "io.byoa.store.s3..", "io.byoa.engine.local..");

  /** Beyond so many classes a folder is a drawer, and does not tell what it consists of. */
  private static final int DRAWER = 40;

  /** What is still to be taken apart. */
  private static final Set<String> DRAWERS = Set.of("io.byoa.web", "io.byoa.access");

  @ArchTest
  static void noFolderBecomesADrawer(JavaClasses classes) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.keySet().removeAll(DRAWERS);
    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((folder, size) -> assertThat(size).as(folder).isLessThanOrEqualTo(DRAWER));
  }

  @ArchTest
  static void nobodyImportsAnAdapter(JavaClasses classes) {
    for (String adapter : ADAPTERS) {
      noClasses()
          .that()
          .resideOutsideOfPackage(adapter)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(adapter)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule onlyAdaptersSpeakToAmazon =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.byoa.store.s3..", "io.byoa.common.aws..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "org.apache.http..");

  @ArchTest
  static final ArchRule onlyResourcesSpeakHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.byoa.web..", "io.byoa.access..")
          .and(areNotPartOf("Resource"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy.reactive..");

  @ArchTest
  static final ArchRule onlyEntitiesAndRepositoriesSpeakJpa =
      noClasses()
          .that(areNotPartOf("Entity"))
          .and(areNotPartOf("Repository"))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "jakarta.persistence..", "io.quarkus.hibernate..", "org.hibernate..")
                  // Whoever turns exceptions into answers has to know them.
                  .and(not(assignableTo(RuntimeException.class))));

  @ArchTest
  static final ArchRule onlyMetricsClassesMeasure =
      noClasses()
          .that(areNotPartOf("Metrics"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.micrometer..")
                  // Whoever makes a metrics class by hand has to pass it the registry.
                  .and(not(assignableTo(MeterRegistry.class))));

  @ArchTest
  static final ArchRule onlyTracesClassesTrace =
      noClasses()
          .that(areNotPartOf("Traces"))
          .and(areNotPartOf("Sampling"))
          .and(areNotPartOf("TraceId"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule noPortIsCalledInsideATransaction =
      noMethods()
          .that()
          .areAnnotatedWith(Transactional.class)
          .should(
              callAny(
                  resideInAPackage("io.byoa.engine")
                      .or(resideInAPackage("io.byoa.store"))
                      .and(DescribedPredicate.describe("is a port", JavaClass::isInterface))));

  /** What ports promise to answer from memory. */
  private static final Set<String> FROM_MEMORY = Set.of("name", "boundToThisMachine", "refuses");

  @ArchTest
  static final ArchRule timeAndIdsComeFromOutside =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.byoa.common..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class);

  /** Classes that are neither called like this nor declared inside one that is. */
  private static DescribedPredicate<JavaClass> areNotPartOf(String suffix) {
    return DescribedPredicate.describe(
        "are not part of a " + suffix,
        javaClass -> {
          JavaClass outermost = javaClass;
          while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
          }
          return !outermost.getSimpleName().endsWith(suffix);
        });
  }

  private static Set<String> folders(JavaClasses classes) {
    Set<String> folders = new TreeSet<>();
    for (JavaClass each : classes) {
      String below = each.getPackageName().replaceFirst("^io\\.byoa\\.?", "");
      if (!below.isEmpty()) {
        folders.add(Arrays.asList(below.split("\\.")).getFirst());
      }
    }
    return folders;
  }

  private static ArchCondition<JavaMethod> callAny(DescribedPredicate<? super JavaClass> ports) {
    return new ArchCondition<>("call a method of a class that " + ports.getDescription()) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        method.getMethodCallsFromSelf().stream()
            .filter(call -> ports.test(call.getTargetOwner()))
            .filter(call -> !FROM_MEMORY.contains(call.getName()))
            .forEach(
                call -> events.add(SimpleConditionEvent.satisfied(method, call.getDescription())));
      }
    };
  }
}
