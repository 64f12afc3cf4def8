package io.byoa.engine.local.sandbox;

import io.byoa.common.StartupNote;
import jakarta.inject.Singleton;

/** Says at the start how strongly programs are separated from this machine. */
@Singleton
final class SandboxNote implements StartupNote {

  private final SandboxTier tier;

  SandboxNote(SandboxTier tier) {
    this.tier = tier;
  }

  @Override
  public String label() {
    return "Sandbox";
  }

  @Override
  public String text() {
    return tier.name() + ": " + tier.sentence();
  }

  @Override
  public int order() {
    return 20;
  }
}
