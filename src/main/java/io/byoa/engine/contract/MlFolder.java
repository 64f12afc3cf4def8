package io.byoa.engine.contract;

/**
 * The folders and files under {@code /opt/ml} that a program and its engine agree on, as SageMaker
 * names them.
 */
public final class MlFolder {

  private MlFolder() {}

  /** Where everything is. */
  public static final String BASE = "/opt/ml";

  /** The version's code; the working directory of the program. */
  public static final String CODE = BASE + "/code";

  /** Inputs and configuration. */
  public static final String INPUT = BASE + "/input";

  /** The JSON files of {@link RenderedContract#files}. */
  public static final String CONFIG = INPUT + "/config";

  /** One folder per channel. */
  public static final String DATA = INPUT + "/data";

  /** Saved while the job runs, and there again when it is started again. */
  public static final String CHECKPOINTS = BASE + "/checkpoints";

  /** What becomes {@code model.tar.gz}. */
  public static final String MODEL = BASE + "/model";

  /** Everything a program leaves besides its model. */
  public static final String OUTPUT = BASE + "/output";

  /** What becomes {@code output.tar.gz}. */
  public static final String OUTPUT_DATA = OUTPUT + "/data";

  /** Where the public toolkit lets programs put files to be uploaded while they run. */
  public static final String OUTPUT_INTERMEDIATE = OUTPUT + "/intermediate";

  /** A file in which a program says why it failed; its first 1,024 characters are kept. */
  public static final String FAILURE = OUTPUT + "/failure";

  /** The folder of a channel. */
  public static String channel(String name) {
    return DATA + "/" + name;
  }
}
