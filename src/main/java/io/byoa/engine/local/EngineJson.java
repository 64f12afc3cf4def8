package io.byoa.engine.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.byoa.engine.Observation;
import io.byoa.engine.TrainingOrder.Entry;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.local.disk.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files in a launch's folder; the alternatives of a sealed type are told apart by "kind". */
final class EngineJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addMixIn(Entry.class, EntryKinds.class)
          .addMixIn(InputSource.class, SourceKinds.class)
          .addMixIn(Observation.End.class, EndKinds.class)
          .build();

  private EngineJson() {}

  static <T> T read(Path file, Class<T> type) throws IOException {
    return MAPPER.readValue(Files.readAllBytes(file), type);
  }

  /** Written for this boot of the machine; see {@link AtomicFile#replace}. */
  static void replace(Path file, Object value) throws IOException {
    AtomicFile.replace(file, MAPPER.writeValueAsBytes(value));
  }

  /** Written for good. */
  static void write(Path file, Object value) throws IOException {
    AtomicFile.write(file, MAPPER.writeValueAsBytes(value));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Script.class, name = "script"),
    @JsonSubTypes.Type(value = Entry.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Entry.ImageDefault.class, name = "image"),
  })
  private interface EntryKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = InputSource.Files.class, name = "files"),
    @JsonSubTypes.Type(value = InputSource.Prefix.class, name = "prefix"),
    @JsonSubTypes.Type(value = InputSource.Local.class, name = "local"),
  })
  private interface SourceKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Observation.End.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Observation.End.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = Observation.End.Failed.class, name = "failed"),
  })
  private interface EndKinds {}
}
