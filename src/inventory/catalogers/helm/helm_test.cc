#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

TEST(Helm, ReadsLockedCharts) {
  const Inventory inventory =
      scan_file("helm", "/chart/Chart.lock",
                "dependencies:\n- name: postgresql\n"
                "  repository: https://charts.example.org/bitnami\n"
                "  version: 12.1.6\n- name: own\n  repository: file://../own\n"
                "  version: 0.1.0\ndigest: sha256:aa\n");
  EXPECT_EQ(lines(inventory), "postgresql 12.1.6 direct :2\n");
  EXPECT_EQ(inventory.packages.at(0).package_url,
            "pkg:helm/postgresql@12.1.6?repository_url=https:%2F%2Fcharts.example.org%2Fbitnami");
}

TEST(Helm, WhatIsWrongIsNamed) {
  EXPECT_EQ(problems(scan_file("helm", "/Chart.lock", "dependencies:\n- repository: oci://x\n")),
            "/Chart.lock: line 2: '' is no package's name\n");
  EXPECT_NE(problems(scan_file("helm", "/Chart.lock", "{")), "");
}

}  // namespace
}  // namespace vigil::inventory
