package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import io.byoa.runtime.Language;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is started. Nothing of it ever passes through a shell. */
public sealed interface EntryPoint {

  /**
   * A file of the archive, run by the interpreter that its extension or its first line asks for.
   */
  record Script(String path) implements EntryPoint {}

  /** A program and its first arguments, run as they are. */
  record Command(List<String> argv) implements EntryPoint {
    /** Copies the list. */
    public Command {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("A command needs a program");
      }
    }
  }

  /** The image's own entry point. */
  record ImageDefault() implements EntryPoint {}

  /** SageMaker's {@code ContainerEntrypoint}: 1 to 100 items of at most 256 characters. */
  int MOST_ARGUMENTS = 100;

  /**
   * The entry point of a descriptor.
   *
   * @param language what the program runs in; absent when that is wrong itself
   */
  static @Nullable EntryPoint read(
      Field field, @Nullable Language language, Surroundings surroundings) {
    return switch (field.json()) {
      case null -> {
        if (language == Language.CONTAINER) {
          yield new ImageDefault();
        }
        field.required("a file of the archive, such as \"train.py\", or {\"command\": […]}");
        yield null;
      }
      case JsonString _ -> script(field, language, surroundings);
      case JsonObject _ -> command(field);
      case JsonValue other -> {
        field.refuse(
            "is %s; expected is a file of the archive, such as \"train.py\", or {\"command\": […]}"
                .formatted(other.kind()));
        yield null;
      }
    };
  }

  private static @Nullable EntryPoint script(
      Field field, @Nullable Language language, Surroundings surroundings) {
    String path = ArchivePath.read(field, "the path of a file", surroundings);
    if (path == null) {
      return null;
    }
    String extension = extension(path);
    boolean python = extension.equals("py");
    boolean r = extension.equals("r");
    if ((python && language == Language.R) || (r && language == Language.PYTHON)) {
      field.refuse(
          "is for %s, but the runtime's language is %s"
              .formatted(python ? "Python" : "R", language.word()));
      return null;
    }
    if (!python && !r && !extension.equals("sh") && !surroundings.isProgram(path)) {
      field.refuse(
          "could not be started: it is no .py, .R or .sh file, has no #! line, and is no program");
      return null;
    }
    return new Script(path);
  }

  private static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static @Nullable EntryPoint command(Field field) {
    Fields fields = field.object("command", "command");
    if (fields == null) {
      return null;
    }
    int before = field.problems().count();
    Field place = fields.get("command").required("the program and its first arguments");
    List<String> argv =
        place.list(
            "arguments", 1, MOST_ARGUMENTS, argument -> argument.text(CommandRules.ARGUMENT));
    if (!argv.isEmpty() && argv.getFirst().isBlank()) {
      place.problems().add(place.pointer() + "/0", "is empty: the first item is the program");
    }
    return field.problems().count() > before ? null : new Command(argv);
  }

  /** As the descriptor writes it; absent for the image's own. */
  default @Nullable JsonValue toJson() {
    return switch (this) {
      case Script(String path) -> new JsonString(path);
      case Command(var argv) ->
          JsonObject.builder().put("command", JsonArray.ofStrings(argv)).build();
      case ImageDefault _ -> null;
    };
  }

  /** Keeps the rule out of the public face. */
  final class CommandRules {
    private static final TextRule ARGUMENT =
        TextRule.matching("an argument", 0, 256, "[^\\n\\r]*", "without line breaks");

    private CommandRules() {}
  }
}
