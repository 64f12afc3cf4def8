package io.byoa.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.byoa.common.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The JSON object that a request carries, well-formed but not yet understood; a resource method
 * takes it as its parameter and reads it with {@link #read}.
 *
 * <p>No body at all is the empty object. Malformed JSON, duplicate keys and text after the object
 * are refused with line and column; anything but an object is refused as invalid. Decimal numbers
 * keep their value exactly.
 */
@Schema(hidden = true) // Every route describes its own.
public final class JsonBody {

  private static final int DEEPEST = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final byte[] bytes;
  private final ObjectNode json;

  private JsonBody(byte[] bytes, ObjectNode json) {
    this.bytes = bytes;
    this.json = json;
  }

  /**
   * The object that these bytes of UTF-8 hold.
   *
   * @throws IOException as Jackson's {@code JsonProcessingException} when they are not JSON
   */
  static JsonBody parse(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == null) {
        return new JsonBody(bytes, JSON.createObjectNode());
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        String found = JsonFields.nameOf(parser.currentToken());
        throw new Failure.Invalid(
                "body-invalid",
                "The body must be a JSON object, not " + found + ".",
                List.of(new Violation("", "Expected an object, found " + found + ".")))
            .raise();
      }
      JsonNode node = JSON.readTree(parser);
      if (parser.nextToken() != null) {
        throw new Failure.Malformed(
                "malformed-json", "There is something after the end of the JSON object.")
            .raise();
      }
      return new JsonBody(bytes, (ObjectNode) node);
    }
  }

  /**
   * What the reader makes of the body.
   *
   * <p>The reader looks at every field it knows; whatever it did not ask for is an unknown field.
   *
   * @throws io.byoa.common.FailureException 422 {@code body-invalid} with all violations
   */
  public <T> T read(Function<JsonFields, T> reader) {
    List<Violation> violations = new ArrayList<>();
    JsonFields fields = new JsonFields(json, "", violations);
    JsonField<T> result = fields.finish(reader);
    if (!violations.isEmpty()) {
      throw invalid(violations).raise();
    }
    return result.get();
  }

  /** The refusal of a body with these violations. */
  public static Failure invalid(List<Violation> violations) {
    return new Failure.Invalid(
        "body-invalid",
        violations.size() == 1
            ? "The body breaks a rule: " + violations.getFirst().detail()
            : "The body breaks " + violations.size() + " rules; 'errors' lists them.",
        violations);
  }

  /**
   * What a reader makes of the body, and what is wrong with it.
   *
   * @param value empty when the reader could not go on
   */
  public record Reading<T>(Optional<T> value, List<Violation> violations) {}

  /**
   * Reads like {@link #read}, for a caller that has more to find fault with: nothing is thrown, and
   * what the reader made of a body with violations is there too.
   */
  public <T> Reading<T> sift(Function<JsonFields, T> reader) {
    List<Violation> violations = new ArrayList<>();
    Optional<T> value = new JsonFields(json, "", violations).sift(reader);
    return new Reading<>(value, List.copyOf(violations));
  }

  /** The object as it came. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The text as it came, byte for byte. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The digest of the bytes as they came; what an idempotency key is held against. */
  public Sha256 digest() {
    return Sha256.of(bytes);
  }
}
