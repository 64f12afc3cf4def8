package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoleTest {

  @Test
  void eachRoleMayDoWhatThoseBeforeItMay() {
    assertThat(Role.VIEWER.covered()).containsExactlyInAnyOrder(Needs.VIEWER);
    assertThat(Role.LAUNCHER.covered()).containsExactlyInAnyOrder(Needs.VIEWER, Needs.LAUNCHER);
    assertThat(Role.PUBLISHER.covered())
        .containsExactlyInAnyOrder(Needs.VIEWER, Needs.LAUNCHER, Needs.PUBLISHER);
    assertThat(Role.ADMIN.covered())
        .containsExactlyInAnyOrder(Needs.VIEWER, Needs.LAUNCHER, Needs.PUBLISHER, Needs.ADMIN);
  }

  @Test
  void isKnownByItsWordAlone() {
    for (Role role : Role.values()) {
      assertThat(Role.BY_WORD).containsEntry(role.word(), role);
    }
    assertThat(Role.BY_WORD).doesNotContainKeys("ADMIN", "root", "");
  }
}
