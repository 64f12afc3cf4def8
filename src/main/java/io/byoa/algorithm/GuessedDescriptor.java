package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.ArchiveListing;
import io.byoa.algorithm.descriptor.DescriptorDraft;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that a form began and that the names of the archive's files complete, as far as they
 * leave no doubt; pure.
 *
 * @param draft the form's words, and what was guessed
 * @param notices what was guessed, and from what, a sentence each
 */
record GuessedDescriptor(DescriptorDraft draft, List<String> notices) {

  private static final String BY = "the archive";

  GuessedDescriptor {
    notices = List.copyOf(notices);
  }

  /**
   * Completes what a form says about an archive that has no descriptor of its own.
   *
   * @param runtimeSaid whether a descriptor beside the archive describes the runtime, and means it
   *     when it names no dependencies
   */
  static GuessedDescriptor of(DescriptorDraft said, ArchiveListing files, boolean runtimeSaid) {
    List<String> notices = new ArrayList<>();
    DescriptorDraft draft = said;
    String language = text(runtime(draft), "language");
    if (draft.document().get("entryPoint") == null && !"container".equals(language)) {
      List<String> programs = programs(files, language);
      if (programs.size() == 1) {
        draft = draft.with("entryPoint", new JsonString(programs.getFirst()), BY);
        notices.add(
            "No entry point was given: '%s' is started, the only program at the archive's root."
                .formatted(programs.getFirst()));
      }
    }
    String entryPoint = text(draft.document(), "entryPoint");
    if (language == null && entryPoint != null) {
      language = languageOf(entryPoint);
      draft = draft.within("runtime", "language", new JsonString(language), BY);
      notices.add(
          "No language was given: '%s', as the name of '%s' says.".formatted(language, entryPoint));
    }
    String list = listOfDependencies(language);
    if (!runtimeSaid
        && list != null
        && text(runtime(draft), "dependencies") == null
        && files.paths().contains(list)) {
      draft = draft.within("runtime", "dependencies", new JsonString(list), BY);
      notices.add("No dependencies were given: those in '%s' are installed.".formatted(list));
    }
    return new GuessedDescriptor(draft, notices);
  }

  /** Files at the root that could be what is started; those called train before all others. */
  private static List<String> programs(ArchiveListing files, @Nullable String language) {
    List<String> candidates =
        files.paths().stream()
            .filter(path -> path.indexOf('/') < 0)
            .filter(path -> isScript(path) || files.programs().contains(path))
            .filter(path -> language == null || language.equals(languageOf(path)))
            .sorted()
            .toList();
    List<String> named =
        candidates.stream()
            .filter(path -> path.toLowerCase(Locale.ROOT).matches("train(\\.(py|r|sh))?"))
            .toList();
    return named.isEmpty() ? candidates : named;
  }

  private static boolean isScript(String path) {
    return path.toLowerCase(Locale.ROOT).matches(".+\\.(py|r|sh)");
  }

  private static String languageOf(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".py") ? "python" : name.endsWith(".r") ? "r" : "other";
  }

  /** Where a language's programs usually say what they need. */
  private static @Nullable String listOfDependencies(@Nullable String language) {
    return switch (language) {
      case "python" -> "requirements.txt";
      case "r" -> "packages.txt";
      case null, default -> null;
    };
  }

  private static @Nullable JsonObject runtime(DescriptorDraft draft) {
    return draft.document().get("runtime") instanceof JsonObject object ? object : null;
  }

  private static @Nullable String text(@Nullable JsonObject object, String field) {
    return object != null && object.get(field) instanceof JsonString(String text) ? text : null;
  }
}
