// Whom a registry may send us to, and who gets its credentials: the rules alone.
//
// A registry says where to go in three ways: redirects (mostly to the storage behind it), the realm
// of its token server, and the addresses of foreign layers. Anyone who can push an image, or who
// answers for a registry, chooses them; a scanner in a data centre must not be their way in.
#pragma once

#include "base/network_address.h"
#include "base/url.h"

namespace vigil::source::registry {

/// May one that answers at an address of kind `registry` send us to `target`? To the public always;
/// to a private network only from within one; to this machine only from this machine; to link-local
/// addresses, where clouds keep the machine's own keys, never from elsewhere.
constexpr bool may_lead_to(base::AddressKind registry, base::AddressKind target) {
  using base::AddressKind;
  switch (target) {
    case AddressKind::Public:
      return true;
    case AddressKind::Private:
      return registry == AddressKind::Private || registry == AddressKind::Loopback;
    case AddressKind::Loopback:
      return registry == AddressKind::Loopback;
    case AddressKind::LinkLocal:
      return registry == AddressKind::LinkLocal;
    case AddressKind::Special:
      break;
  }
  return false;
}

/// May what was asked for over `from` be asked for over `to`? Not without TLS if it was with.
inline bool keeps_encryption(const base::Url& from, const base::Url& to) {
  return from.scheme != "https" || to.scheme == "https";
}

/// Only the origin that credentials are for gets them.
inline bool may_have_credentials(const base::Url& registry, const base::Url& target) {
  return registry.same_origin(target);
}

/// "localhost" and loopback addresses need no TLS: nobody listens between.
inline bool is_this_machine(const base::Url& url) {
  return url.host == "localhost" || url.host.ends_with(".localhost") ||
         base::kind_of_address(url.host) == base::AddressKind::Loopback;
}

}  // namespace vigil::source::registry
