package io.byoa.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.access.Needs;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which languages and versions a descriptor may name, and what they resolve to here. */
@Path("/api/v1/runtimes")
@Tag(name = "Algorithms")
@Blocking
class RuntimeResource {

  private final RuntimeCatalogue catalogue;
  private final List<RuntimeProvider> providers;

  RuntimeResource(RuntimeCatalogue catalogue, @Any Instance<RuntimeProvider> providers) {
    this.catalogue = catalogue;
    this.providers = providers.stream().toList();
  }

  @Schema(name = "Runtimes")
  record RuntimesView(List<RuntimeView> items) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Schema(name = "Runtime")
  record RuntimeView(
      String language,
      @Schema(description = "Absent for languages without versions.") String version,
      @Schema(description = "Whether a descriptor without a version gets this one.")
          boolean standard,
      @Schema(description = "Where it is installed; empty when no engine here has it.")
          List<ResolvedView> engines) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Schema(name = "ResolvedRuntime")
  record ResolvedView(String engine, String exactVersion, String location) {}

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "listRuntimes", summary = "List the runtimes that a descriptor may name")
  public RuntimesView list() {
    List<RuntimeView> items = new ArrayList<>();
    for (Language language : Language.values()) {
      if (!language.hasVersions()) {
        items.add(view(language, "", true));
      }
      String standard = catalogue.defaultVersion(language).orElse("");
      for (String version : catalogue.versions(language)) {
        items.add(view(language, version, version.equals(standard)));
      }
    }
    return new RuntimesView(items);
  }

  private RuntimeView view(Language language, String version, boolean standard) {
    RuntimeId id = new RuntimeId(language.word(), version);
    List<ResolvedView> resolved = new ArrayList<>();
    for (RuntimeProvider provider : providers) {
      provider
          .resolve(id)
          .ifPresent(found ->
              resolved.add(
                  new ResolvedView(provider.engine(), found.exactVersion(), found.location())));
    }
    return new RuntimeView(language.word(), version, standard, resolved);
  }
}
