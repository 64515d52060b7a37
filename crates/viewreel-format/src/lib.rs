//! The only room that knows stored and sent bytes: segment, reel, versions, limits.
