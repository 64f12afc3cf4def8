package io.byoa.engine.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShebangLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /bin/bash                    | /bin/bash         |
           /bin/sh -e                  | /bin/sh           | -e
          /usr/bin/awk -f x            | /usr/bin/awk      | -f x
          /usr/bin/env python3         | python3           |
          /usr/bin/env -S python3 -u   | python3           | -u
          /usr/bin/env -Spython3       | python3           |
          /usr/bin/env -S A=1 python3  | /usr/bin/env      | -S A=1 python3
          /usr/bin/env -i              | /usr/bin/env      | -i
          /usr/bin/env -S sh -c 'a b'  | /usr/bin/env      | -S sh -c 'a b'
          /usr/bin/env                 | /usr/bin/env      |
          """)
  void namesTheInterpreterAndItsOptions(String line, String interpreter, String options) {
    List<String> expected = options == null ? List.of() : List.of(options);
    assertThat(ShebangLine.of(("#!" + line + "\nexit 1\n").getBytes(UTF_8)))
        .contains(new ShebangLine(interpreter, expected));
  }

  @Test
  void splitsTheOptionsThatEnvSplits() {
    assertThat(ShebangLine.of("#!/usr/bin/env -S python3 -u -O".getBytes(UTF_8)))
        .contains(new ShebangLine("python3", List.of("-u", "-O")));
  }

  @Test
  void forgivesTheCarriageReturnOfWindows() {
    assertThat(ShebangLine.of("#!/usr/bin/env python3\r\nimport sys\r\n".getBytes(UTF_8)))
        .contains(new ShebangLine("python3", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#", "#!", "#!\n/bin/sh", " #!/bin/sh", "\ufeff#!/bin/sh", "\u007fELF"})
  void isAbsentWhereLinuxSeesNone(String head) {
    assertThat(ShebangLine.of(head.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void namesTheProgramWithoutItsFolder() {
    assertThat(new ShebangLine("/usr/bin/python3", List.of()).program()).isEqualTo("python3");
    assertThat(new ShebangLine("python3", List.of()).program()).isEqualTo("python3");
  }
}
