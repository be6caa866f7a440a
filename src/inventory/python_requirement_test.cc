#include "inventory/python_requirement.h"

#include <gtest/gtest.h>

namespace vigil::inventory {
namespace {

TEST(PythonRequirement, ReadsWhatPep508Writes) {
  const struct {
    const char* text;
    const char* name;
    const char* version;
    const char* url;
    const char* marker;
  } cases[] = {
      {"requests==2.31.0", "requests", "2.31.0", "", ""},
      {"  requests [socks, x] >= 2 , == 2.31.0 ; os_name == 'nt'", "requests", "2.31.0", "",
       "os_name == 'nt'"},
      {"a===1.0+local", "a", "1.0+local", "", ""},
      {"a~=1.4.2", "a", "1.4.2", "", ""},
      {"a~=1.4,==1.4.5", "a", "1.4.5", "", ""},
      {"a (==1.0)", "a", "1.0", "", ""},
      {"a==1.*", "a", "", "", ""},
      {"a>=1", "a", "", "", ""},
      {"zope.interface", "zope.interface", "", "", ""},
      {"a @ https://h.example/a.whl ; python_version < '3'", "a", "", "https://h.example/a.whl",
       "python_version < '3'"},
      {"a@file:///x", "a", "", "file:///x", ""},
  };
  for (const auto& one : cases) {
    const auto found = parse_python_requirement(one.text);
    ASSERT_TRUE(found) << one.text;
    EXPECT_EQ(found->name, one.name) << one.text;
    EXPECT_EQ(found->version, one.version) << one.text;
    EXPECT_EQ(found->url, one.url) << one.text;
    EXPECT_EQ(found->marker, one.marker) << one.text;
  }
}

TEST(PythonRequirement, WhatIsNone) {
  for (const char* text : {"", " ", "./folder", "-e .", "a b", "a[", "https://h.example/a.whl",
                           "git+https://h.example/a", "a-", "_a"}) {
    EXPECT_FALSE(parse_python_requirement(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::inventory
