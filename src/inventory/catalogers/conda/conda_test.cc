#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

TEST(Conda, AFileIsAPackage) {
  tree::Memory view;
  view.file("/opt/conda/conda-meta/openssl-3.2.0-hd590300_1.json",
            R"({"build": "hd590300_1", "build_number": 1,
                "channel": "https://conda.anaconda.org/conda-forge/linux-64", "subdir": "linux-64",
                "license": "Apache-2.0", "name": "openssl", "version": "3.2.0",
                "requested_spec": "None", "files": ["bin/openssl"]})")
      .file("/opt/conda/conda-meta/numpy-1.26.4-py312_0.json",
            R"({"build": "py312_0", "channel": "defaults", "name": "numpy", "version": "1.26.4",
                "requested_spec": "numpy=1.26"})")
      .file("/opt/conda/conda-meta/broken.json", "{")
      .file("/opt/conda/other/openssl.json", "{");
  const Inventory inventory = testing::scan_with("conda", view);
  EXPECT_EQ(testing::lines(inventory),
            "numpy 1.26.4 direct\nopenssl 3.2.0 {Apache-2.0} (linux-64)\n");
  EXPECT_EQ(inventory.packages[1].package_url,
            "pkg:conda/openssl@3.2.0?build=hd590300_1&channel=conda-forge&subdir=linux-64");
  EXPECT_EQ(inventory.packages[1].ecosystem, "conda");
  EXPECT_EQ(inventory.problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
