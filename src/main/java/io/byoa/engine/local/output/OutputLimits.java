package io.byoa.engine.local.output;

import java.io.IOException;

/**
 * What a program may leave in one folder of outputs.
 *
 * @param bytes of all files together
 * @param files and folders together
 */
public record OutputLimits(long bytes, int files) {

  /** More than a program may leave; the message is for whoever launched it. */
  public static final class ExceededException extends IOException {
    private final String sentence;

    private ExceededException(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }

    @Override
    public String getMessage() {
      return sentence;
    }
  }

  /** Refuses what is too much. */
  void check(String folder, long bytesThere, int filesThere) throws ExceededException {
    if (bytesThere > bytes) {
      throw new ExceededException(
          "The program left more than %d MiB in %s, the limit of this installation. Let it leave less, or ask the operator to raise byoa.engine.local.output-limit."
              .formatted(bytes >> 20, folder));
    }
    if (filesThere > files) {
      throw new ExceededException(
          "The program left more than %d files and folders in %s, the limit of this installation. Let it put many small files into one, or ask the operator to raise byoa.engine.local.output-files."
              .formatted(files, folder));
    }
  }
}
