// Where notifications of a registry go to.
#pragma once

#include <string>

#include "estate/registry_inbox.h"

namespace vigil::server {

struct RegistryHook {
  std::string token;  ///< what a notification must prove; empty: none is taken
  estate::RegistryInbox inbox;
};

}  // namespace vigil::server
