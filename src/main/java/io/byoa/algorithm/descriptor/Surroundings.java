package io.byoa.algorithm.descriptor;

import io.byoa.common.Nearest;
import io.byoa.runtime.Language;
import io.byoa.runtime.RuntimeCatalogue;
import java.util.Optional;

/**
 * What a descriptor refers to outside of itself. A fault is the end of a sentence that begins with
 * the value.
 */
sealed interface Surroundings {

  /** Why there is no such file, if there is none. */
  Optional<String> faultOfFile(String path);

  /** Whether this file can be executed by itself. */
  boolean isProgram(String path);

  /** Why a language has no such version, if it has none. */
  Optional<String> faultOfVersion(Language language, String version);

  /** The version of a language for a descriptor that names none. */
  Optional<String> defaultVersion(Language language);

  /** Why there is no such instance type, if there is none. */
  Optional<String> faultOfInstanceType(String instanceType);

  /** An archive that is being published, and what is known here today. */
  record Publishing(ArchiveListing files, RuntimeCatalogue runtimes) implements Surroundings {

    @Override
    public Optional<String> faultOfFile(String path) {
      return files.paths().contains(path)
          ? Optional.empty()
          : Optional.of("is not a file of the archive" + Nearest.hint(path, files.paths()));
    }

    @Override
    public boolean isProgram(String path) {
      return files.programs().contains(path);
    }

    @Override
    public Optional<String> faultOfVersion(Language language, String version) {
      return runtimes.fault(language, version);
    }

    @Override
    public Optional<String> defaultVersion(Language language) {
      return runtimes.defaultVersion(language);
    }

    @Override
    public Optional<String> faultOfInstanceType(String instanceType) {
      return InstanceTypes.fault(instanceType);
    }
  }

  /**
   * A version that was published: its archive is complete, and what was known then counts, though
   * the operator may have removed a runtime and AWS an instance type since.
   */
  record Published() implements Surroundings {

    @Override
    public Optional<String> faultOfFile(String path) {
      return Optional.empty();
    }

    @Override
    public boolean isProgram(String path) {
      return true;
    }

    @Override
    public Optional<String> faultOfVersion(Language language, String version) {
      return Optional.empty();
    }

    @Override
    public Optional<String> defaultVersion(Language language) {
      return Optional.empty();
    }

    @Override
    public Optional<String> faultOfInstanceType(String instanceType) {
      return Optional.empty();
    }
  }
}
