package io.byoa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.testing.Mapped;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeCatalogueTest {

  @Test
  void knowsTheseVersionsUnlessToldOtherwise() {
    RuntimeCatalogue catalogue = RuntimeCatalogue.standard();
    assertThat(catalogue.versions(Language.PYTHON))
        .containsExactly("3.9", "3.10", "3.11", "3.12", "3.13", "3.14");
    assertThat(catalogue.versions(Language.R))
        .containsExactly("4.0", "4.1", "4.2", "4.3", "4.4", "4.5");
    assertThat(catalogue.versions(Language.OTHER)).isEmpty();
    assertThat(catalogue.defaultVersion(Language.PYTHON)).hasValue("3.11");
    assertThat(catalogue.defaultVersion(Language.R)).hasValue("4.2");
    assertThat(catalogue.defaultVersion(Language.CONTAINER)).isEmpty();
  }

  @Test
  void takesTheOperatorsVersions() {
    RuntimeCatalogue catalogue =
        configured(
            Map.of(
                "byoa.runtime.python.versions", "3.12,3.13",
                "byoa.runtime.python.default-version", "3.13",
                "byoa.runtime.r.versions", "4.5",
                "byoa.runtime.r.default-version", "4.5"));
    assertThat(catalogue.versions(Language.PYTHON)).containsExactly("3.12", "3.13");
    assertThat(catalogue.defaultVersion(Language.R)).hasValue("4.5");
    assertThat(catalogue.fault(Language.PYTHON, "3.11")).isPresent();
  }

  @Test
  void saysWhatIsKnownAndWhatWasMeant() {
    RuntimeCatalogue catalogue = RuntimeCatalogue.standard();
    assertThat(catalogue.fault(Language.PYTHON, "3.11")).isEmpty();
    assertThat(catalogue.fault(Language.R, "4.2.2"))
        .hasValue(
            "is not a version of r that is known here: 4.0, 4.1, 4.2, 4.3, 4.4, 4.5; write \"4.2\", patch levels are the engine's");
    assertThat(catalogue.fault(Language.PYTHON, "2.7")).isPresent();
  }

  @Test
  void stopsTheStartWhenTheConfigurationContradictsItself() {
    assertThatThrownBy(() -> configured(Map.of("byoa.runtime.python.default-version", "2.7")))
        .hasMessageContaining("byoa.runtime.python.default-version: '2.7' is not among");
    assertThatThrownBy(() -> configured(Map.of("byoa.runtime.r.versions", "4.2,4.3.1")))
        .hasMessageContaining("byoa.runtime.r.versions: '4.3.1' is not major.minor");
  }

  private static RuntimeCatalogue configured(Map<String, String> properties) {
    return new RuntimeCatalogue(Mapped.of(RuntimeConfig.class, properties));
  }
}
