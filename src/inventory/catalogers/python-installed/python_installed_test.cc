#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_with;

TEST(PythonInstalled, MetadataOfEveryAge) {
  tree::Memory view;
  view.file("/p/site-packages/requests-2.31.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\nLicense: Apache 2.0\n"
            "Requires-Dist: urllib3 <3,>=1.21.1\n\nName: not this\nVersion: 0\n")
      .file("/p/site-packages/requests-2.31.0.dist-info/REQUESTED", "")
      .file("/p/site-packages/Zope.Interface-6.0.dist-info/METADATA",
            "Name: zope.interface\r\nVersion: 6.0\r\nLicense: UNKNOWN\r\n"
            "Classifier: License :: OSI Approved :: Zope Public License\r\n\r\n")
      .file("/p/site-packages/long-1.0.dist-info/METADATA",
            "Name: long\nVersion: 1.0\nLicense: Copyright (c)\n        all of it\n"
            "Classifier: License :: OSI Approved :: MIT License\n")
      .file("/p/site-packages/new-1.0.dist-info/METADATA",
            "Name: new\nVersion: 1.0\nLicense-Expression: MIT OR Apache-2.0\nLicense: other\n")
      .file("/p/dist-packages/old.egg-info/PKG-INFO", "Name: old\nVersion: 0.1\n")
      .file("/p/dist-packages/single-0.2.egg-info", "Name: single\nVersion: 0.2\n")
      .file("/p/dist-packages/egg-0.3-py3.egg/EGG-INFO/PKG-INFO", "Name: egg\nVersion: 0.3\n")
      .file("/p/dist-packages/x.dist-info/OTHER", "Name: x\nVersion: 1\n");
  const Inventory inventory = scan_with("python-installed", view);
  EXPECT_EQ(lines(inventory),
            "egg 0.3\n"
            "old 0.1\n"
            "single 0.2\n"
            "zope.interface 6.0 {Zope Public License}\n"
            "long 1.0 {MIT License}\n"
            "new 1.0 {MIT OR Apache-2.0}\n"
            "requests 2.31.0 direct {Apache 2.0}\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[3].package_url, "pkg:pypi/zope-interface@6.0");
  EXPECT_EQ(inventory.packages[0].manager, "PYTHONPKG");
}

TEST(PythonInstalled, WhereItCameFrom) {
  const struct {
    const char* note;
    const char* purl;
  } cases[] = {
      {R"({"url": "https://h.example/a.git", "vcs_info": {"vcs": "git", "commit_id": "0123"}})",
       "pkg:pypi/a@1?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fa.git%400123"},
      {R"({"url": "file:///src/a", "dir_info": {"editable": true}})",
       "pkg:pypi/a@1?download_url=file:%2F%2F%2Fsrc%2Fa"},
      {"nonsense", "pkg:pypi/a@1"}};
  for (const auto& one : cases) {
    tree::Memory view;
    view.file("/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n")
        .file("/a-1.dist-info/direct_url.json", one.note);
    const Inventory inventory = scan_with("python-installed", view);
    ASSERT_EQ(inventory.packages.size(), 1U);
    EXPECT_EQ(inventory.packages[0].package_url, one.purl);
  }
}

TEST(PythonInstalled, WithoutNameOrVersionItIsAProblem) {
  for (const char* text : {"", "\n", "Name: a\n", "Version: 1\n", "Name: a b\nVersion: 1\n",
                           "Name: a\n\nVersion: 1\n"}) {
    tree::Memory view;
    view.file("/a.egg-info/PKG-INFO", text);
    const Inventory inventory = scan_with("python-installed", view);
    EXPECT_EQ(lines(inventory), "") << text;
    EXPECT_EQ(inventory.problems.size(), 1U) << text;
  }
}

TEST(PythonInstalled, ReadsWhatPipInstalls) {
  const testing::Workshop workshop;
  if (!workshop.run("python3 -m venv --without-pip env && python3 -m pip --version")) {
    GTEST_SKIP() << "no python3 with venv and pip";
  }
  ASSERT_TRUE(workshop.run(R"(
cat > make.py <<'END'
import zipfile
for name, needs in (("one_thing", "Requires-Dist: two"), ("two", "")):
    info = name + "-1.5.dist-info/"
    with zipfile.ZipFile(name + "-1.5-py3-none-any.whl", "w") as wheel:
        wheel.writestr(name + ".py", "")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: " + name.replace("_", ".") +
                       "\nVersion: 1.5\nLicense: ISC\n" + needs + "\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(info + "RECORD", "")
END
python3 make.py
python3 -m pip --python env/bin/python install --no-index --find-links . one_thing
)"));
  const auto view = tree::Directory::open(workshop.path() + "/env");
  ASSERT_TRUE(view);
  EXPECT_EQ(lines(scan_with("python-installed", **view)),
            "one.thing 1.5 direct {ISC}\ntwo 1.5 {ISC}\n");
}

}  // namespace
}  // namespace vigil::inventory
