#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "inventory/testing/workshop_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_with;
using testing::Workshop;

/// A program with the section, compressed as cargo auditable does it; `cut` bytes are left out.
Inventory scan_program(const std::string& json, const std::string& filter = "zlib.compress") {
  const Workshop folder;
  folder.write("list.json", json).write("a.c", "int main(void) { return 0; }\n");
  EXPECT_TRUE(folder.run("gcc -o plain a.c && python3 -c \"import zlib; open('z', 'wb').write(" +
                         filter +
                         "(open('list.json', 'rb').read()))\" && "
                         "objcopy --add-section .dep-v0=z plain app"))
      << folder.read("log");
  tree::Memory view;
  view.file("/usr/bin/app", folder.read("app"), 0755);
  return scan_with("cargo-auditable", view);
}

#define NEEDS_TOOLS()     \
  VIGIL_NEEDS("gcc");     \
  VIGIL_NEEDS("objcopy"); \
  VIGIL_NEEDS("python3")

TEST(CargoAuditable, ReadsTheListInAProgram) {
  NEEDS_TOOLS();
  const Inventory found = scan_program(
      R"({"packages":[{"name":"adler","version":"0.2.3","source":"crates.io"},
          {"name":"app","version":"0.1.0","source":"local","dependencies":[2,3],"root":true},
          {"name":"cc","version":"1.0.73","source":"crates.io","kind":"build"},
          {"name":"miniz","version":"0.4.3","source":"crates.io","dependencies":[0,99,-1]}]})");
  EXPECT_EQ(problems(found), "");
  EXPECT_EQ(
      lines(found),
      "adler 0.2.3 transitive <- miniz@0.4.3\ncc 1.0.73 direct [build]\nminiz 0.4.3 direct\n");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Binary);
  EXPECT_EQ(found.packages[0].package_url, "pkg:cargo/adler@0.2.3");
}

TEST(CargoAuditable, DamageIsAProblem) {
  NEEDS_TOOLS();
  EXPECT_EQ(problems(scan_program("{}", "(lambda x: b'no zlib')")).find("/usr/bin/app: .dep-v0: "),
            0U);
  EXPECT_EQ(
      problems(scan_program("{\"packages\": [", "zlib.compress")).find("/usr/bin/app: .dep-v0: "),
      0U);
  EXPECT_EQ(problems(scan_program("x", "(lambda x: zlib.compress(bytes(100000000)))")),
            "/usr/bin/app: .dep-v0: larger than 16777216 bytes when inflated\n");
}

}  // namespace
}  // namespace vigil::inventory
