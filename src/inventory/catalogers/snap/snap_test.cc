#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;

TEST(Snap, OnlyTheCurrentRevisionIsInUse) {
  tree::Memory view;
  view.file("/snap/lxd/24061/meta/snap.yaml", "name: lxd\nversion: '5.0.2-838e1b2'\n");
  view.file("/snap/lxd/24322/meta/snap.yaml",
            "name: lxd\nversion: 5.10\nlicense: AGPL-3.0\nbase: core22\n");
  view.link("/snap/lxd/current", "24322");
  view.file("/var/lib/snapd/snap/core22/1/meta/snap.yaml", "name: core22\nversion: 20230122\n");
  view.file("/src/meta/snap.yaml", "name: mine\nversion: 1\n");
  EXPECT_EQ(lines(scan_with("snap", view)), "lxd 5.10 {AGPL-3.0} :2\ncore22 20230122 :2\n");
}

TEST(Snap, WhatIsWrongIsNamed) {
  EXPECT_EQ(problems(scan_file("snap", "/snap/a/1/meta/snap.yaml", "name: a\n")),
            "/snap/a/1/meta/snap.yaml: '' is no version of a\n");
  EXPECT_NE(problems(scan_file("snap", "/snap/a/1/meta/snap.yaml", "{")), "");
}

}  // namespace
}  // namespace vigil::inventory
