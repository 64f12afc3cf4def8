package io.byoa.bundle;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;

/** The defaults, in a folder of the test's own, with an upload limit of its own. */
public record TestBundleConfig(Path folder, int uploadMebibytes) implements BundleConfig {

  public TestBundleConfig(Path folder) {
    this(folder, 256);
  }

  private static MemorySize mebibytes(long n) {
    return new MemorySize(BigInteger.valueOf(n << 20));
  }

  @Override
  public MemorySize keepFree() {
    return mebibytes(1);
  }

  @Override
  public MemorySize maxUpload() {
    return mebibytes(uploadMebibytes);
  }

  @Override
  public MemorySize maxUnpacked() {
    return mebibytes(1024);
  }

  @Override
  public MemorySize maxFile() {
    return mebibytes(512);
  }

  @Override
  public int maxRatio() {
    return 100;
  }

  @Override
  public MemorySize ratioFree() {
    return mebibytes(10);
  }

  @Override
  public int maxEntries() {
    return 10_000;
  }

  @Override
  public int maxDepth() {
    return 32;
  }

  @Override
  public int maxSegmentBytes() {
    return 240;
  }

  @Override
  public int maxPathBytes() {
    return 1024;
  }
}
