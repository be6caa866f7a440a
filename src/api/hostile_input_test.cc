// Input that wants harm, for every operation there is: made from the shapes, so that a new operation is tried
// without a word. Nothing but a success or a client's error may come of it, and nothing stored is lost.
#include "api/testing/api_test.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace vigil::api {
namespace {

constexpr const char* kHostile[] = {
    "' OR '1'='1",
    "'; DROP TABLE finding; --",
    "x' UNION SELECT secret FROM access_key --",
    "\" OR \"\"=\"",
    "%",
    "$1",
    "\\",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "\xF0\x9F\x92\xA3\xE2\x80\xAE",
    "a\nb\tc\x01",
    "AWS_ECR_INSTANCE",
    "NaN",
    "9223372036854775808",
};

/// What a pattern takes, to get past it.
std::string allowed_by(const Pattern& pattern) {
  if (pattern.name == "account") return testing::kOther;
  if (pattern.name == "cve") return "CVE-2026-0001";
  if (pattern.name == "tag-key") return "vigil:expires";
  if (pattern.name == "ecr-arn") return "arn:aws:ecr:us-east-1:123456789012:repository/app";
  return "arn:aws:inspector2:us-east-1:123456789012:finding/" + std::string(32, '0');
}

/// A value of the shape in which every free text is `text`.
void fill(base::JsonWriter& json, const Shape& shape, std::string_view text) {
  switch (shape.kind) {
    case Shape::Kind::String:
      json.value(shape.pattern != nullptr ? allowed_by(*shape.pattern) : std::string(text));
      return;
    case Shape::Kind::Enum:
      json.value(shape.values.front());
      return;
    case Shape::Kind::Integer:
      json.value(shape.most.value_or(std::int64_t{1} << 62U));
      return;
    case Shape::Kind::Number:
      json.value(-1e308);
      return;
    case Shape::Kind::Timestamp:
      json.value(253402300799.0);
      return;
    case Shape::Kind::Boolean:
      json.value(false);
      return;
    case Shape::Kind::List: {
      json.begin_array();
      for (std::int64_t i = 0; i < std::min<std::int64_t>(shape.most.value_or(10), 10); ++i) {
        fill(json, *shape.element, text);
      }
      json.end_array();
      return;
    }
    case Shape::Kind::Map:
      json.begin_object().key(text);
      fill(json, *shape.element, text);
      json.end_object();
      return;
    case Shape::Kind::Structure:
    case Shape::Kind::Union:
      json.begin_object();
      for (const ShapeMember& member : shape.members) {
        if (member.location != Location::Body) continue;
        json.key(member.name);
        fill(json, *member.shape, text);
        if (shape.kind == Shape::Kind::Union) break;
      }
      json.end_object();
      return;
  }
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    encoded += "%" + base::hex(std::string_view(&c, 1));
  }
  return encoded;
}

class HostileInput : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
  }
  /// The request, without the members a page or a client token would need.
  std::string filled(const Operation& operation, std::string_view text, std::string_view without) {
    const auto shape = input_shape(operation);
    EXPECT_TRUE(shape);
    base::JsonWriter json;
    json.begin_object();
    for (const ShapeMember& member : (*shape)->members) {
      if (member.location != Location::Body || member.name == without) continue;
      json.key(member.name);
      fill(json, *member.shape, text);
    }
    json.end_object();
    return json.take();
  }
  void expect_harmless(const Operation& operation, const std::string& body,
                       std::string_view suffix) {
    const Reply reply = ask(operation.name, body, suffix);
    EXPECT_LT(reply.status, 500) << operation.name << " " << body.substr(0, 300) << "\n"
                                 << (reply.cause ? reply.cause->text() : "");
  }
};

TEST_F(HostileInput, InEveryStringOfEveryOperationDoesNoHarm) {
  for (const char* text : kHostile) {
    const std::string suffix = percent_encoded(text) + "?tagKeys=" + percent_encoded(text);
    for (const Operation* operation : all_operations()) {
      expect_harmless(*operation, filled(*operation, text, "nextToken"), suffix);
      expect_harmless(*operation, filled(*operation, text, ""), suffix);
      answer("Enable", R"({"resourceTypes":["EC2"]})");
    }
  }
  EXPECT_NE(text(answer("ListFindings"), "findings", "2", "findingArn"), "");
}

TEST_F(HostileInput, BodiesThatAreNoneAreRefusedByEveryOperation) {
  for (const Operation* operation : all_operations()) {
    for (const std::string& body :
         {std::string("{"), std::string("[]"), std::string("null"), std::string("\x80\x81"),
          std::string(1, '\0'),
          R"({"a":)" + std::string(100000, '[') + std::string(100000, ']') + "}",
          std::string(1000000, '{'), std::string("{\"a\":1e999}"),
          std::string("{\"a\":\"\\ud800\"")}) {
      const Reply reply = ask(operation->name, body, "x?tagKeys=a");
      EXPECT_EQ(reply.status, 400) << operation->name << " " << body.substr(0, 20);
      EXPECT_EQ(reply.error, "ValidationException");
      EXPECT_THAT(reply.body, ::testing::HasSubstr("CANNOT_PARSE"));
    }
  }
}

TEST_F(HostileInput, AMegabyteOfMembersNobodyKnowsIsPassedOver) {
  std::string body = "{\"m0\":0";
  for (int i = 1; i < 60000; ++i)
    body += ",\"member-" + std::to_string(i) + "\":" + std::to_string(i);
  EXPECT_EQ(ask("ListFindings", body + "}").status, 200);
}

}  // namespace
}  // namespace vigil::api
