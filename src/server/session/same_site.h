// Whether a browser sent a request for a page of another site. A session's cookie is SameSite=Strict and
// changes need a second token, so this is the third line of defence, and the only one of a log-in, which
// has neither yet: another site could log its visitor in under its own name and watch what he enters.
//
// Sec-Fetch-Site (Fetch Metadata) decides where there is one: no script can set it. Browsers leave it out
// where the server is reached by plain HTTP under a name other than localhost; there Origin must name the
// host of the request. Clients that are no browsers send neither.
//
// DNS rebinding: another site can give its own name this server's address, and its pages then count as the
// same site. They have no cookie of this server's name, so they are anybody: they may ask for its health
// and try to log in, which is slowed down.
#pragma once

#include "api/error.h"
#include "server/http.h"

namespace vigil::server {

bool from_another_site(const HttpRequest& request);

/// 403
api::ApiError other_site_refused();

}  // namespace vigil::server
