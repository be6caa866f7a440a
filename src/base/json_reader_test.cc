#include "base/json_reader.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

struct Port {
  std::string name;
  std::uint16_t number = 0;
  bool open = false;
};

struct Read {
  std::vector<Port> ports;
  std::vector<std::string> words;
  std::string error;
};

Read read(std::string_view text) {
  JsonParser parser;
  const auto root = parser.parse(text);
  EXPECT_TRUE(root);
  Read out;
  JsonReader reader(8);
  reader.object(*root, [&](std::string_view key, const Json& value) {
    if (key == "words") reader.texts(value, 2, out.words);
    if (key != "ports") return;
    reader.array(value, 3, out.ports, [&](const Json& item, Port& port) {
      reader.object(item, [&](std::string_view name, const Json& content) {
        if (name == "name") reader.text(content, port.name);
        if (name == "number") reader.whole(content, port.number);
        if (name == "open") reader.truth(content, port.open);
      });
      if (port.name.empty()) reader.fail_at("name", "missing");
    });
  });
  if (const auto result = reader.result(); !result) out.error = result.error().text();
  return out;
}

TEST(JsonReader, ReadsWhatIsAskedForAndPassesOverTheRest) {
  const Read out = read(R"({"more":[{}],"ports":[{"name":"ssh","number":22,"open":true,"x":1},
                            {"name":"dns","number":65535}],"words":["a","b"]})");
  EXPECT_EQ(out.error, "");
  ASSERT_EQ(out.ports.size(), 2U);
  EXPECT_EQ(out.ports[0].name, "ssh");
  EXPECT_EQ(out.ports[0].number, 22);
  EXPECT_TRUE(out.ports[0].open);
  EXPECT_EQ(out.ports[1].number, 65535);
  EXPECT_FALSE(out.ports[1].open);
  EXPECT_EQ(out.words, (std::vector<std::string>{"a", "b"}));
}

TEST(JsonReader, OfEqualMembersTheLastCounts) {
  EXPECT_EQ(read(R"({"words":["a","b"],"words":["c"]})").words, std::vector<std::string>{"c"});
}

TEST(JsonReader, NamesTheMemberThatIsWrong) {
  const struct {
    const char* text;
    const char* error;
  } kCases[] = {
      {"[]", "not an object"},
      {R"({"ports":{}})", "ports: not an array"},
      {R"({"ports":[7]})", "ports[0]: not an object"},
      {R"({"ports":[{"name":"a"},{"name":7}]})", "ports[1].name: not a text"},
      {R"({"ports":[{"name":"123456789"}]})", "ports[0].name: longer than 8 bytes"},
      {R"({"ports":[{"number":7}]})", "ports[0].name: missing"},
      {R"({"ports":[{"number":-1}]})", "ports[0].number: not a whole number of 0 or more"},
      {R"({"ports":[{"number":1.5}]})", "ports[0].number: not a whole number of 0 or more"},
      {R"({"ports":[{"number":"1"}]})", "ports[0].number: not a whole number of 0 or more"},
      {R"({"ports":[{"number":65536}]})", "ports[0].number: above 65535"},
      {R"({"ports":[{"open":null}]})", "ports[0].open: neither true nor false"},
      {R"({"words":["a","b","c"]})", "words: more than 2 elements"},
      {R"({"words":["a",["b"]],"ports":7})", "words[1]: not a text"},
  };
  for (const auto& [text, error] : kCases) EXPECT_EQ(read(text).error, error) << text;
}

}  // namespace
}  // namespace vigil::base
