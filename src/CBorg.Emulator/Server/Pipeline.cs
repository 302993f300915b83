using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Server;

/// <summary>The way of a request: route, key, body, handler, and whatever went wrong on it.</summary>
internal sealed class Pipeline(World world, Personality personality, RouteTable routes)
{
    public async Task HandleAsync(HttpContext context)
    {
        var call = new Call(context, world, personality);
        SetStandardHeaders(call);
        try
        {
            await RouteAsync(call);
        }
        catch (ProxyError error) when (!context.Response.HasStarted)
        {
            await ErrorReply.WriteAsync(call, error);
        }
        catch (FastApiError error) when (!context.Response.HasStarted)
        {
            await call.ReplyAsync(new JsonObject { ["detail"] = error.Detail?.DeepClone() }, error.Status);
        }
        catch (PlainError error) when (!context.Response.HasStarted)
        {
            await call.ReplyTextAsync(error.Message, "text/plain; charset=utf-8", error.Status);
        }
        catch (Exception e)
            when (e is not OperationCanceledException and not System.IO.IOException && !context.Response.HasStarted)
        {
            await call.ReplyTextAsync("Internal Server Error", "text/plain; charset=utf-8", 500);
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static void SetStandardHeaders(Call call)
    {
        call.SetHeader("server", "uvicorn");
        Cors.Allow(call);
        if (call.Personality.Headers.Security)
        {
            call.SetHeader("x-frame-options", "DENY");
            call.SetHeader("content-security-policy", "frame-ancestors 'none'");
            call.SetHeader("x-content-type-options", "nosniff");
        }
    }

    private async Task RouteAsync(Call call)
    {
        if (Cors.IsPreflight(call.Request))
        {
            Cors.AnswerPreflight(call);
            await call.ReplyTextAsync("OK", "text/plain; charset=utf-8");
            return;
        }

        if (routes.Find(call.Request.Method, call.Path) is var (route, values))
        {
            call.Values = values;
            await EnterAsync(call, route);
            return;
        }

        await MissAsync(call);
    }

    private static async Task EnterAsync(Call call, Route route)
    {
        if (route.Method is "POST" or "PUT" or "PATCH")
        {
            call.Body = await BodyReader.ReadAsync(call.Request, call.Aborted);
        }

        if (route.Access != RouteAccess.Public)
        {
            call.Key = Authenticator.Authenticate(call);
            Gate.Check(call, route);
            BudgetGate.Check(call, route);
        }

        await route.Handler(call);
    }

    /// <summary>A slash too many is redirected, a wrong method told, the rest not found.</summary>
    private Task MissAsync(Call call)
    {
        if (routes.Knows(call.Path))
        {
            call.SetHeader("allow", string.Join(", ", routes.MethodsOf(call.Path)));
            if (call.Request.Method == "HEAD")
            {
                call.Http.Response.StatusCode = 405;
                call.Http.Response.ContentType = "application/json";
                call.Http.Response.ContentLength = 31;
                return Task.CompletedTask;
            }

            throw new FastApiError(405, "Method Not Allowed");
        }

        var other = call.Path.EndsWith('/') ? call.Path.TrimEnd('/') : call.Path + "/";
        if (other.Length > 0 && routes.Knows(other))
        {
            call.SetHeader("location", $"http://{call.Request.Host}{other}{call.Request.QueryString}");
            call.Http.Response.StatusCode = 307;
            call.Http.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        throw new FastApiError(404, "Not Found");
    }
}
