package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.runtime.Language;
import io.byoa.runtime.RuntimeId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program needs around it.
 *
 * @param language what it is written in
 * @param version {@code major.minor} for Python and R, otherwise absent
 * @param dependencies the file of the archive that lists what to install first, if any
 * @param image the program's own image by digest, for containers and only for them
 */
public record RuntimeSpec(
    Language language,
    @Nullable String version,
    @Nullable String dependencies,
    @Nullable String image) {

  private static final TextRule VERSION =
      TextRule.any("the version of the language between quotes, such as \"3.11\"", 1, 16);
  private static final TextRule IMAGE =
      TextRule.matching(
          "an image named by digest",
          1,
          255,
          "[a-zA-Z0-9][a-zA-Z0-9._:/-]*@sha256:[0-9a-f]{64}",
          "repository@sha256: and 64 hexadecimal digits, since tags can be moved");

  /** Refuses what does not belong to the language. */
  public RuntimeSpec {
    if (language.hasVersions() != (version != null)
        || (language == Language.CONTAINER) != (image != null)
        || (dependencies != null && !language.hasVersions())) {
      throw new IllegalArgumentException("Not a runtime of " + language.word());
    }
  }

  /** What the catalogue and the engines know this by. */
  public RuntimeId id() {
    return new RuntimeId(language.word(), version == null ? "" : version);
  }

  static @Nullable RuntimeSpec read(Field field, Surroundings surroundings) {
    Fields fields =
        field.object(
            "language, version, dependencies", "language", "version", "dependencies", "image");
    if (fields == null) {
      return null;
    }
    int before = field.problems().count();
    Language language =
        fields
            .get("language")
            .required("one of " + String.join(", ", Language.words()))
            .choice("a language", words());
    if (language == null) {
      return null;
    }
    String version = version(fields.get("version"), language, surroundings);
    String dependencies = dependencies(fields.get("dependencies"), language, surroundings);
    String image = image(fields.get("image"), language);
    return field.problems().count() > before
        ? null
        : new RuntimeSpec(language, version, dependencies, image);
  }

  /** The language at this place, if it is one; notes nothing. */
  static @Nullable Language languageOf(Field runtime) {
    return runtime.json() instanceof JsonObject object
            && object.get("language") instanceof JsonString(String word)
        ? Language.of(word).orElse(null)
        : null;
  }

  private static Map<String, Language> words() {
    Map<String, Language> words = new LinkedHashMap<>();
    Language.words().forEach(word -> words.put(word, Language.of(word).orElseThrow()));
    return words;
  }

  private static @Nullable String version(
      Field field, Language language, Surroundings surroundings) {
    if (!language.hasVersions()) {
      if (field.isPresent()) {
        field.refuse("has no meaning for the language " + language.word() + ": leave it out");
      }
      return null;
    }
    if (!field.isPresent()) {
      String standard = surroundings.defaultVersion(language).orElse(null);
      return standard == null ? missing(field) : standard;
    }
    String version = field.text(VERSION);
    if (version != null) {
      surroundings.faultOfVersion(language, version).ifPresent(field::refuse);
    }
    return version;
  }

  private static @Nullable String missing(Field field) {
    field.required("the version of the language");
    return null;
  }

  private static @Nullable String dependencies(
      Field field, Language language, Surroundings surroundings) {
    if (field.isPresent() && !language.hasVersions()) {
      field.refuse(
          "cannot be installed for the language %s: only python and r have an installer"
              .formatted(language.word()));
      return null;
    }
    return ArchivePath.read(field, "the path of a file", surroundings);
  }

  private static @Nullable String image(Field field, Language language) {
    if (language == Language.CONTAINER) {
      return field.required("the image by digest, repository@sha256:…").text(IMAGE);
    }
    if (field.isPresent()) {
      field.refuse("is for the language container alone: leave it out");
    }
    return null;
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("language", language.word())
        .put("version", version)
        .put("dependencies", dependencies)
        .put("image", image)
        .build();
  }

  /** For people: {@code python 3.11}. */
  @Override
  public String toString() {
    return version == null ? language.word() : language.word() + " " + version;
  }
}
