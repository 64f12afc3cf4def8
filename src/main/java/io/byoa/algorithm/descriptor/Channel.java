package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.common.MediaTypes;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One input of the program, a folder {@code /opt/ml/input/data/<name>}.
 *
 * @param name SageMaker's {@code ChannelName}
 * @param required whether a launch without it is refused
 * @param contentTypes what the program can read; empty when it does not say
 * @param description for the person who launches; may be empty
 */
public record Channel(
    String name, boolean required, List<String> contentTypes, String description) {

  /** SageMaker's limit for {@code InputDataConfig}. */
  static final int MOST = 20;

  private static final TextRule NAME =
      TextRule.matching(
          "the name of a channel",
          1,
          64,
          "[A-Za-z0-9_.-]+",
          "letters, digits, dots, dashes and underscores");
  private static final TextRule CONTENT_TYPE =
      TextRule.matching(
          "a media type, such as \"text/csv\"",
          3,
          256,
          "[!#$&^_.+A-Za-z0-9-]+/[!#$&^_.+A-Za-z0-9*-]+( *;.*)?",
          "type/subtype");
  private static final TextRule DESCRIPTION = TextRule.any("a description", 0, 1024);

  /** Names that are folders' names, or that BYOA itself uses for the algorithm's code. */
  private static final Set<String> RESERVED = Set.of(".", "..", "code");

  /** Copies the list. */
  public Channel {
    contentTypes = List.copyOf(contentTypes);
  }

  /**
   * Whether the program says that it can read this.
   *
   * @param contentType a media type; parameters and upper case make no difference
   */
  public boolean takes(String contentType) {
    String type = MediaTypes.essence(contentType);
    return contentTypes.isEmpty()
        || contentTypes.stream()
            .map(MediaTypes::essence)
            .anyMatch(declared ->
                declared.equals(type)
                    || (declared.endsWith("/*")
                        && type.startsWith(declared.substring(0, declared.length() - 1))));
  }

  static List<Channel> readAll(Field field) {
    Set<String> taken = new HashSet<>();
    return field.list("channels", 0, MOST, element -> read(element, taken));
  }

  private static @Nullable Channel read(Field field, Set<String> taken) {
    Fields fields =
        field.object(
            "name, required, contentTypes, description",
            "name",
            "required",
            "contentTypes",
            "description");
    if (fields == null) {
      return null;
    }
    Field place = fields.get("name").required("the name of the channel");
    String name = place.text(NAME);
    if (name != null && RESERVED.contains(name)) {
      place.refuse("cannot be a channel: the name is reserved");
    } else if (name != null && !taken.add(name.toUpperCase(Locale.ROOT))) {
      place.refuse("is taken: names differ in more than case, as each becomes SM_CHANNEL_<NAME>");
    }
    boolean required = fields.get("required").flag(false);
    List<String> contentTypes =
        fields.get("contentTypes").list("media types", 0, 20, each -> each.text(CONTENT_TYPE));
    String description = fields.get("description").text(DESCRIPTION, "");
    return name == null ? null : new Channel(name, required, contentTypes, description);
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("name", name)
        .put("required", required)
        .put("contentTypes", JsonArray.ofStrings(contentTypes))
        .put("description", description)
        .build();
  }
}
