package io.byoa.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What every operation of the OpenAPI document has in common: who may call it, and how it fails.
 *
 * <p>Resources describe what they alone know.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OpenApiDocument implements OASFilter {

  private static final String PROBLEM = "Problem";
  private static final String BEARER = "bearer";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.setInfo(
        OASFactory.createInfo()
            .title("BYOA")
            .version("v1")
            .summary("Bring Your Own Algorithm")
            .description(
                "Publish training algorithms as immutable versions, launch trainings with JSON"
                    + " parameters, follow them, fetch what they produced.\n\nEvery error is"
                    + " `application/problem+json`. Lists of words (statuses and the like) may"
                    + " grow: treat an unknown one as you would the nearest thing you know, never"
                    + " as an error. The same goes for unknown fields of an answer.")
            .license(OASFactory.createLicense().name("Apache-2.0").identifier("Apache-2.0")));
    document.setServers(null);
    Components components = document.getComponents();
    if (components == null) {
      components = OASFactory.createComponents();
      document.setComponents(components);
    }
    components
        .addSchema(PROBLEM, problem())
        .addResponse(PROBLEM, failure())
        .addSecurityScheme(
            BEARER,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A token, `byoa_…`. A browser may use its session's cookie instead."));
    // The scanner takes what is one of several things for an object as well, which a text is not.
    components.getSchemas().values().stream()
        .filter(schema -> schema.getOneOf() != null)
        .forEach(schema -> schema.setType(null));
    document.setSecurity(
        List.of(OASFactory.createSecurityRequirement().addScheme(BEARER, List.of())));
    if (document.getPaths() != null && document.getPaths().getPathItems() != null) {
      document.getPaths().getPathItems().values().forEach(OpenApiDocument::addFailure);
    }
  }

  private static void addFailure(PathItem path) {
    path.getOperations()
        .forEach((method, operation) -> {
          dropConditionsOfOthers(method, operation);
          APIResponses responses = operation.getResponses();
          if (responses == null) {
            responses = OASFactory.createAPIResponses();
            operation.setResponses(responses);
          }
          if (responses.getDefaultValue() == null) {
            responses.setDefaultValue(
                OASFactory.createAPIResponse().ref("#/components/responses/" + PROBLEM));
          }
          // The scanner adds a 400 of its own, which would say less than the default does.
          for (var each : Map.copyOf(responses.getAPIResponses()).entrySet()) {
            if (each.getKey().startsWith("4") && each.getValue().getContent() == null) {
              responses.removeAPIResponse(each.getKey());
            }
          }
        });
  }

  /** Both headers come with one bean; a read takes the one, a change the other. */
  private static void dropConditionsOfOthers(PathItem.HttpMethod method, Operation operation) {
    String foreign = method == PathItem.HttpMethod.GET ? "If-Match" : "If-None-Match";
    List<Parameter> parameters = operation.getParameters();
    if (parameters != null) {
      operation.setParameters(
          parameters.stream().filter(each -> !foreign.equals(each.getName())).toList());
    }
  }

  private static APIResponse failure() {
    return OASFactory.createAPIResponse()
        .description("What went wrong, and what to do about it.")
        .addHeader(
            TraceId.HEADER,
            OASFactory.createHeader()
                .description("The id under which our log has this request; also `traceId`.")
                .schema(text()))
        .addHeader(
            "Retry-After",
            OASFactory.createHeader()
                .description("Seconds to wait before trying again, where waiting helps.")
                .schema(integer()))
        .content(
            OASFactory.createContent()
                .addMediaType(
                    Problem.MEDIA_TYPE,
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
  }

  private static Schema problem() {
    Schema place =
        OASFactory.createSchema()
            .addType(Schema.SchemaType.OBJECT)
            .addProperty(
                "pointer",
                text()
                    .description(
                        "A JSON Pointer into the body; `?name` is a query parameter, `{name}` one"
                            + " of the path.")
                    .examples(List.of("/hyperParameters/max_leaf_nodes")))
            .addProperty("detail", text().description("The rule, and what would be accepted."))
            .required(List.of("pointer", "detail"));
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .description("An error, as RFC 9457 describes it.")
        .addProperty(
            "type",
            text()
                .format("uri")
                .description("Names the kind of problem and ends in its code; stable.")
                .examples(List.of("urn:byoa:problem:version-disabled")))
        .addProperty(
            "code",
            text()
                .description("The end of `type`: what a program should look at.")
                .examples(List.of("version-disabled")))
        .addProperty("title", text().examples(List.of("Version disabled")))
        .addProperty("status", integer().examples(List.of(409)))
        .addProperty("detail", text().description("For the person who sent the request."))
        .addProperty("instance", text().description("The path of the request."))
        .addProperty("traceId", text().pattern("^[0-9a-f]{32}$"))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .items(place)
                .description("Every place in the request that is wrong."))
        .required(List.of("type", "code", "title", "status", "detail", "traceId"));
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }

  private static Schema integer() {
    return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
  }
}
