#include "base/json_copy.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

TEST(JsonCopy, SaysTheSame) {
  for (const char* text :
       {R"({"b":[1,-2,0.5,1e+300,true,false,null,"\"x\\\n",{}],"a":{"":[[]]},"a":1})", "7", "\"x\"",
        "9223372036854775807", "[]"}) {
    JsonParser parser;
    const auto root = parser.parse(text);
    ASSERT_TRUE(root) << text;
    JsonWriter json;
    copy_json(json, *root);
    EXPECT_EQ(json.text(), text);
  }
  JsonWriter json;
  copy_json(json, Json());
  EXPECT_EQ(json.text(), "null");
}

}  // namespace
}  // namespace vigil::base
