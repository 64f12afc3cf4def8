package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.Descriptors.parameters;
import static io.byoa.algorithm.descriptor.Descriptors.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.networknt.schema.Schema;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterSchemaTest {

  private static final ParameterSchema IRIS =
      parameters(
          """
          {"properties":{
            "max_leaf_nodes":{"type":"integer","minimum":2,"maximum":1000,"default":8},
            "criterion":{"enum":["gini","entropy"],"default":"gini"},
            "rate":{"type":"number","exclusiveMinimum":0},
            "label":{"type":"string","maxLength":3,"pattern":"^[a-z]*$"},
            "shuffle":{"type":"boolean"},
            "layers":{"type":"array","items":{"type":"integer","maximum":9},"minItems":1},
            "optimizer":{"type":"object","properties":{
                "name":{"const":"adam"},"beta":{"type":"number","default":0.90}},"required":["name"]}
          },"required":["rate"]}\
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.10 | 0.10",
        "1e5 | 1e5",
        "1E+05 | 1E+05",
        "1.0 | 1.0",
        "123456789012345678901234567890.123456789 | 123456789012345678901234567890.123456789",
        "1e308 | 1e308"
      })
  void keepsTheTextOfNumbers(String given, String kept) {
    assertThat(checked("{\"rate\":" + given + "}").values().asJsonTexts())
        .containsEntry("rate", kept);
  }

  @ParameterizedTest
  @CsvSource({"5.0,5", "5,5", "5e2,500", "0.5e1,5", "5.000000,5"})
  void writesIntegersWithDigitsAlone(String given, String kept) {
    assertThat(checked("{\"rate\":1,\"max_leaf_nodes\":" + given + "}").values().asJsonTexts())
        .containsEntry("max_leaf_nodes", kept);
    assertThat(checked("{\"rate\":1,\"layers\":[5.0,1e0]}").values().asJsonTexts())
        .containsEntry("layers", "[5,1]");
  }

  @Test
  void fillsInDefaultsInTheDeclaredOrder() {
    HyperParameters values = checked("{\"optimizer\":{\"name\":\"adam\"},\"rate\":0.1}").values();
    assertThat(values.toJson())
        .isEqualTo(
            "{\"max_leaf_nodes\":8,\"criterion\":\"gini\",\"rate\":0.1,"
                + "\"optimizer\":{\"name\":\"adam\",\"beta\":0.90}}");
    assertThat(HyperParameters.ofStored(values.toJson())).isEqualTo(values);
  }

  @Test
  void writesStringsPlainlyAndAllElseAsJson() {
    HyperParameters values =
        checked("{\"rate\":1e-3,\"label\":\"abc\",\"shuffle\":true,\"layers\":[ 1, 2 ]}").values();
    assertThat(values.asStrings())
        .containsExactly(
            Map.entry("max_leaf_nodes", "8"),
            Map.entry("criterion", "gini"),
            Map.entry("rate", "1e-3"),
            Map.entry("label", "abc"),
            Map.entry("shuffle", "true"),
            Map.entry("layers", "[1,2]"));
    assertThat(values.asJsonTexts()).containsEntry("label", "\"abc\"");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThat(
            said(
                IRIS.checkBody(
                        """
                        {"hyperParameters":{"max_leafnodes":1,"max_leaf_nodes":"8","criterion":"ginni",
                         "label":"ABCD","shuffle":1,"layers":[10,"x"],"optimizer":{"beta":"1"},
                         "rate":0,"rate":-1,"a=b":1}}\
                        """)
                    .violations()))
        .containsExactly(
            "/hyperParameters/rate: Occurs more than once in its object; write it once.",
            "/hyperParameters/max_leaf_nodes: \"8\" is a string; expected is an integer: write it without quotes.",
            "/hyperParameters/criterion: \"ginni\" is not one of \"gini\", \"entropy\", did you mean 'gini'?",
            "/hyperParameters/rate: -1 is not greater than 0.",
            "/hyperParameters/label: \"ABCD\" has 4 characters; at most 3 are allowed.",
            "/hyperParameters/label: \"ABCD\" does not match the pattern ^[a-z]*$.",
            "/hyperParameters/shuffle: 1 is a number; expected is true or false.",
            "/hyperParameters/layers/0: 10 is more than the maximum, 9.",
            "/hyperParameters/layers/1: \"x\" is a string; expected is an integer.",
            "/hyperParameters/optimizer/name: Missing: the property is required (\"adam\").",
            "/hyperParameters/optimizer/beta: \"1\" is a string; expected is a number: write it without quotes.",
            "/hyperParameters/max_leafnodes: Unknown parameter \"max_leafnodes\", did you mean 'max_leaf_nodes'?",
            "/hyperParameters/a=b: Unknown parameter \"a=b\"; known: max_leaf_nodes, criterion, rate, label, shuffle, layers, optimizer.");
  }

  @Test
  void takesABodyWithoutHyperParametersForTheDefaults() {
    ParameterSchema defaults =
        parameters("{\"properties\":{\"n\":{\"type\":\"integer\",\"default\":3.0}}}");
    for (String body : List.of("{}", "{\"spot\":true}", "{\"hyperParameters\":{}}")) {
      HyperParameters.Checked checked = defaults.checkBody(body);
      assertThat(checked.violations()).isEmpty();
      assertThat(checked.values().toJson()).isEqualTo("{\"n\":3}");
    }
    assertThat(said(defaults.checkBody("{\"hyperParameters\":[1]}").violations()))
        .containsExactly("/hyperParameters: [1] is an array; expected is an object.");
    assertThat(said(defaults.checkBody("{\"hyperParameters\":null}").violations()))
        .containsExactly("/hyperParameters: null is null; expected is an object.");
    assertThatThrownBy(() -> defaults.checkBody("{\"hyperParameters\":NaN}"))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void leavesOtherMembersOfTheBodyToOthers() {
    assertThat(
            IRIS.checkBody(
                    "{\"hyperParameters\":{\"rate\":1},\"hyperParametersX\":1e999,\"x\":\"\\u0000\"}")
                .violations())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e2147483648",
        "1e99999999999999999999"
      })
  void refusesHugeExponentsInNoTime(String number) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(pointers("{\"rate\":" + number + "}")).contains("/hyperParameters/rate");
          assertThat(pointers("{\"rate\":1,\"max_leaf_nodes\":" + number + "}"))
              .contains("/hyperParameters/max_leaf_nodes");
        });
  }

  @Test
  void refusesNulAndHalvesOfCharacters() {
    assertThat(pointers("{\"rate\":1,\"label\":\"\\u0000\"}")).contains("/hyperParameters/label");
    assertThat(pointers("{\"rate\":1,\"label\":\"\\ud800\"}")).contains("/hyperParameters/label");
  }

  @Test
  void refusesMoreThanFitsIntoTheEnvironment() {
    ParameterSchema any = parameters("{\"additionalProperties\":true}");
    String fits = "x".repeat(60 * 1024 - 8);
    assertThat(any.checkBody("{\"hyperParameters\":{\"a\":\"" + fits + "\"}}").violations())
        .isEmpty();
    assertThat(said(any.checkBody("{\"hyperParameters\":{\"a\":\"" + fits + "x\"}}").violations()))
        .containsExactly(
            "/hyperParameters: Is larger than 61440 bytes: pass large values as an input.");
  }

  @Test
  void checksWhatSageMakerTakes() {
    ParameterSchema any = parameters("{\"additionalProperties\":true}");
    StringBuilder many =
        new StringBuilder("\"long\":\"" + "x".repeat(2501) + "\",\"lines\":\"a\\u2028b\"");
    for (int i = 0; i < 99; i++) {
      many.append(",\"p").append(i).append("\":[\"a\\nb\"]");
    }
    HyperParameters.Checked checked = any.checkBody("{\"hyperParameters\":{" + many + "}}");
    assertThat(checked.violations()).isEmpty();
    assertThat(checked.values().sageMakerViolations())
        .extracting(Violation::pointer)
        .containsExactly("/hyperParameters", "/hyperParameters/long", "/hyperParameters/lines");
    assertThat(checked("{\"rate\":1}").values().sageMakerViolations()).isEmpty();
  }

  @Test
  void describesItselfCompletely() {
    assertThat(
            parameters("{\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{}}}}")
                .toJsonSchema()
                .text())
        .isEqualTo(
            "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
                + "\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}},"
                + "\"additionalProperties\":false}");
  }

  /** Schemas and values; a validator that is not ours has to think the same of each pair. */
  private static final List<String> SCHEMAS =
      List.of(
          "{}",
          "{\"type\":\"integer\"}",
          "{\"type\":\"number\",\"minimum\":0,\"maximum\":1}",
          "{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":10}",
          "{\"type\":\"number\",\"multipleOf\":0.1}",
          "{\"type\":[\"integer\",\"string\"]}",
          "{\"type\":\"string\",\"minLength\":1,\"maxLength\":2}",
          "{\"type\":\"string\",\"pattern\":\"[a-c]+\"}",
          "{\"pattern\":\"^a$\"}",
          "{\"type\":\"boolean\"}",
          "{\"type\":\"null\"}",
          "{\"enum\":[1,\"a\",null,[1,2],{\"a\":1,\"b\":2}]}",
          "{\"const\":1.0}",
          "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":2}",
          "{\"type\":\"array\"}",
          "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}",
          "{\"properties\":{\"a\":{}},\"additionalProperties\":{\"type\":\"string\"}}",
          "{\"type\":\"object\",\"additionalProperties\":true,\"required\":[\"z\"]}");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "1.0",
          "1e0",
          "-1",
          "0.5",
          "0.3",
          "10",
          "1e300",
          "1.5e0",
          "123456789012345678901234567890",
          "\"\"",
          "\"a\"",
          "\"ab\"",
          "\"abc\"",
          "\"😀😀\"",
          "\"a\\n\"",
          "\"1\"",
          "[]",
          "[1]",
          "[1.0,2]",
          "[1,2]",
          "[1,2,3]",
          "[1.5]",
          "[null]",
          "{}",
          "{\"a\":1}",
          "{\"a\":\"x\"}",
          "{\"b\":2,\"a\":1.0}",
          "{\"b\":\"x\"}",
          "{\"z\":null}");

  @TestFactory
  Stream<DynamicTest> thinksOfEveryValueAsAnyValidatorDoes() {
    return SCHEMAS.stream()
        .map(schema ->
            DynamicTest.dynamicTest(
                schema,
                () -> {
                  ParameterSchema ours = parameters("{\"properties\":{\"p\":" + schema + "}}");
                  Schema theirs = JsonSchemas.of(ours.toJsonSchema().text());
                  for (String value : VALUES) {
                    String json = "{\"p\":" + value + "}";
                    List<Violation> violations = ours.check(object(json)).violations();
                    List<String> errors = JsonSchemas.errors(theirs, json);
                    assertThat(violations.isEmpty())
                        .as("%s: ours %s, theirs %s", value, violations, errors)
                        .isEqualTo(errors.isEmpty());
                  }
                }));
  }

  /** What was checked once is valid, and checking it again changes nothing. */
  @Test
  void isIdempotent() {
    for (String schema : SCHEMAS) {
      ParameterSchema parameters = parameters("{\"properties\":{\"p\":" + schema + "}}");
      for (String value : VALUES) {
        HyperParameters.Checked once = parameters.check(object("{\"p\":" + value + "}"));
        if (once.violations().isEmpty()) {
          HyperParameters.Checked twice = parameters.check(once.values().values());
          assertThat(twice).isEqualTo(once);
        }
      }
    }
  }

  private static JsonObject object(String json) {
    return (JsonObject) JsonReader.read(json, "a test's value").root();
  }

  private static HyperParameters.Checked checked(String hyperParameters) {
    HyperParameters.Checked checked =
        IRIS.checkBody("{\"hyperParameters\":" + hyperParameters + "}");
    assertThat(checked.violations()).isEmpty();
    return checked;
  }

  private static List<String> pointers(String hyperParameters) {
    return IRIS.checkBody("{\"hyperParameters\":" + hyperParameters + "}").violations().stream()
        .map(Violation::pointer)
        .toList();
  }
}
