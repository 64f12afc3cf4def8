package io.byoa.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.access.Bearer;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The code of an algorithm that a test publishes: a descriptor and small text files, archived in
 * memory. Unless told otherwise it is a shell program that prints a greeting and succeeds.
 */
public final class Code {

  /** Where algorithms are published. */
  public static final String ALGORITHMS = "/api/v1/algorithms/";

  // Numbers stay as they are written.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ObjectNode descriptor;
  private final Map<String, String> files = new LinkedHashMap<>();

  private Code(String descriptor) {
    try {
      this.descriptor = (ObjectNode) JSON.readTree(descriptor);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A version with two instance types and nothing to configure. */
  public static Code of(String name, String version) {
    return new Code(
            """
            { "name": "%s", "version": "%s", "description": "A test's.",
              "runtime": { "language": "other" }, "entryPoint": "train.sh",
              "resources": { "instanceTypes": ["ml.m5.large", "ml.c5.xlarge"] },
              "stoppingCondition": { "maxRuntimeInSeconds": 60 } }
            """
                .formatted(name, version))
        .file("train.sh", "echo hello\n");
  }

  /** The same with a field of the descriptor as this JSON; {@code null} takes the field away. */
  public Code with(String field, String json) {
    try {
      if (json.equals("null")) {
        descriptor.remove(field);
      } else {
        descriptor.set(field, JSON.readTree(json));
      }
      return this;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** The same with this file. */
  public Code file(String path, String text) {
    files.put(path, text);
    return this;
  }

  /** The same with this shell program. */
  public Code program(String text) {
    return file("train.sh", text);
  }

  /** The name. */
  public String name() {
    return descriptor.path("name").asText();
  }

  /** The exact version. */
  public String version() {
    return descriptor.path("version").asText();
  }

  /** The descriptor. */
  public String descriptor() {
    return descriptor.toPrettyString();
  }

  /** Its address. */
  public String path() {
    return ALGORITHMS + name() + "/versions/" + version();
  }

  /** Its files, the descriptor among them. */
  public Map<String, String> files() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("algorithm.json", descriptor());
    all.putAll(files);
    return all;
  }

  /** Its files alone. */
  public Map<String, String> filesWithoutDescriptor() {
    return new LinkedHashMap<>(files);
  }

  /** Everything as a zip. */
  public byte[] zip() {
    return zip(files());
  }

  /** Everything as a tar.gz. */
  public byte[] tarGz() {
    return tarGz(files(), 0);
  }

  /** Files as a zip, in this order. */
  public static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Files as a tar.gz, in this order, last changed at this time (seconds since 1970). */
  public static byte[] tarGz(Map<String, String> files, long time) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(out), UTF_8.name())) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(content.length);
        entry.setModTime(time * 1_000);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Publishes it as the administrator, to whatever comes of it. */
  public ValidatableResponse put() {
    return put("");
  }

  /** The same with a query, such as {@code ?dryRun=true}. */
  public ValidatableResponse put(String query) {
    return Bearer.admin()
        .contentType("application/gzip")
        .body(tarGz())
        .put(path() + query)
        .then()
        .log()
        .ifValidationFails();
  }

  /** Publishes it and insists. */
  public Code published() {
    put().statusCode(201);
    return this;
  }
}
