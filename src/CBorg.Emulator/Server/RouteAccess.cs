namespace CBorg.Emulator.Server;

/// <summary>Who may call a route, in LiteLLM's groups (LiteLLMRoutes).</summary>
internal enum RouteAccess
{
    /// <summary>No key needed.</summary>
    Public,

    /// <summary>llm_api_routes: chat, embeddings, models ...; every key, charged to budgets.</summary>
    Llm,

    /// <summary>info_routes and self_managed_routes: every key about itself.</summary>
    Info,

    /// <summary>Spend tracking and key management of internal users: a user with a role.</summary>
    InternalUser,

    /// <summary>Administrators only.</summary>
    Admin,
}
