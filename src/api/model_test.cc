// The shapes of requests are those of the service model that AWS's own clients are made from.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "api/dispatch.h"
#include "base/json_writer.h"
#include "base/source_directory_test.h"

namespace vigil::api {
namespace {

std::string_view kind_name(Shape::Kind kind) {
  switch (kind) {
    case Shape::Kind::String:
      return "string";
    case Shape::Kind::Enum:
      return "enum";
    case Shape::Kind::Integer:
      return "integer";
    case Shape::Kind::Number:
      return "number";
    case Shape::Kind::Boolean:
      return "boolean";
    case Shape::Kind::Timestamp:
      return "timestamp";
    case Shape::Kind::List:
      return "list";
    case Shape::Kind::Map:
      return "map";
    case Shape::Kind::Structure:
      return "structure";
    case Shape::Kind::Union:
      return "union";
  }
  return "";
}

std::string_view place_name(Location location) {
  if (location == Location::Path) return "path";
  return location == Location::Query ? "query" : "body";
}

void write_shape(base::JsonWriter& json, const Shape& shape) {
  json.begin_object().member("kind", kind_name(shape.kind));
  if (shape.least) json.member("least", *shape.least);
  if (shape.most) json.member("most", *shape.most);
  if (shape.pattern != nullptr) json.member("pattern", shape.pattern->text);
  json.key("values").begin_array();
  for (const std::string& value : shape.values) json.value(value);
  json.end_array();
  if (shape.element != nullptr) {
    json.key("element");
    write_shape(json, *shape.element);
  }
  if (shape.key != nullptr) {
    json.key("key");
    write_shape(json, *shape.key);
  }
  json.key("members").begin_array();
  for (const ShapeMember& member : shape.members) {
    json.begin_object()
        .member("name", member.name)
        .member("required", member.required)
        .member("place", place_name(member.location))
        .key("shape");
    write_shape(json, *member.shape);
    json.end_object();
  }
  json.end_array().end_object();
}

std::string all_as_json() {
  base::JsonWriter json;
  json.begin_array();
  for (const Operation* operation : all_operations()) {
    const auto shape = input_shape(*operation);
    EXPECT_TRUE(shape) << operation->name;
    if (!shape) continue;
    json.begin_object()
        .member("name", operation->name)
        .member("service", operation->service)
        .member("method", operation->method)
        .member("uri", operation->uri)
        .key("input");
    write_shape(json, **shape);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

TEST(ServiceModel, BotocoresHasNothingThatVigilsShapesDoNotHave) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("vigil-operations-" + std::to_string(getpid()) + ".json");
  std::ofstream(file) << all_as_json();
  const std::string command =
      "python3 '" + base::source_directory() + "/tests/clients/model.py' '" + file.string() + "'";
  const int status = std::system(command.c_str());
  std::filesystem::remove(file);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77 || WEXITSTATUS(status) == 127) {
    if (std::getenv("VIGIL_REQUIRE_ORACLES") != nullptr) FAIL() << "botocore is not installed";
    GTEST_SKIP() << "botocore is not installed";
  }
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace vigil::api
