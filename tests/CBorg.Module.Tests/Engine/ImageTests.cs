using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class ImageTests : IDisposable
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cborg-images-");

    public ImageTests()
    {
        Write("one.png", Convert.FromBase64String(Png));
        Write("two.dat", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2]);
        Write("three.gif", "GIF89a.."u8.ToArray());
        Write("four.webp", "RIFF....WEBPVP8 "u8.ToArray());
        Write("odd[1].png", Convert.FromBase64String(Png));
        Write("text.png", "not an image"u8.ToArray());
        Write("empty.png", []);
        _session = EngineSession.Open(_stub);
        _session.Run("Set-Location -LiteralPath $args[0]", _folder.FullName).Done();
    }

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
        _folder.Delete(recursive: true);
    }

    [InlineData("one.png", "image/png")]
    [InlineData("./two.dat", "image/jpeg")]
    [InlineData("*.gif", "image/gif")]
    [InlineData("four.web?", "image/webp")]
    [InlineData("odd[1].png", "image/png")]
    [InlineData("odd`[1`].png", "image/png")]
    [Theory]
    public void Files_go_as_they_are_with_the_type_that_their_bytes_have(string path, string type)
    {
        string[] urls = Urls(_session!.Run("Invoke-CBorgChat 'What?' -Image $args[0] -Model priced", path));

        Assert.StartsWith($"data:{type};base64,", Assert.Single(urls), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_arrive_unchanged()
    {
        string[] urls = Urls(_session!.Run("Invoke-CBorgChat 'What?' -Image one.png -Model priced"));

        Assert.Equal("data:image/png;base64," + Png, Assert.Single(urls));
    }

    [Fact]
    public void Addresses_go_as_addresses_and_mix_with_files()
    {
        string[] urls = Urls(
            _session!.Run(
                "Invoke-CBorgChat 'What?' -Image 'https://x.test/a.png', 'data:image/gif;base64,R0lG', one.png -Model priced"
            )
        );

        Assert.Equal(["https://x.test/a.png", "data:image/gif;base64,R0lG"], urls[..2]);
        Assert.Equal(3, urls.Length);
    }

    [Fact]
    public void The_question_stands_beside_the_image()
    {
        _session!.Run("Invoke-CBorgChat 'What?' -Image one.png -Model priced").Done();

        JsonElement content = Assert.Single(_stub.Chats).Json.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal("""{"type":"text","text":"What?"}""", content[0].GetRawText());
        Assert.Equal("image_url", content[1].GetProperty("type").GetString());
    }

    [Fact]
    public void Files_pipe_in_by_a_script_block()
    {
        string[] urls = Urls(
            _session!.Run("Get-Item *.gif, *.webp | Invoke-CBorgChat 'What?' -Image { $_.FullName } -Model priced"),
            2
        );

        Assert.Equal(2, urls.Length);
    }

    [InlineData("nothing.png", "There is no image 'nothing.png'")]
    [InlineData("*.tiff", "There is no image '*.tiff'")]
    [InlineData("nodrive:x.png", "There is no image 'nodrive:x.png'")]
    [InlineData("text.png", "is not a PNG, JPEG, GIF or WebP image")]
    [InlineData("empty.png", "is not a PNG, JPEG, GIF or WebP image")]
    [InlineData(".", "is a folder")]
    [InlineData("Env:PATH", "not a file")]
    [InlineData("", "no image")]
    [Theory]
    public void What_is_no_image_fails_its_row_and_nothing_is_sent(string path, string words)
    {
        EngineRun run = _session!.Run("'What?' | Invoke-CBorgChat -Image $args[0] -Model priced", path);

        Assert.Contains(words, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [Fact]
    public void A_bad_image_of_one_row_lets_the_next_row_go()
    {
        EngineRun run = _session!.Run(
            "@'\nPrompt,Image\nOne?,nothing.png\nTwo?,one.png\n'@ | ConvertFrom-Csv | Invoke-CBorgChat -Model priced"
        );

        Assert.Single(run.Output);
        Assert.Equal("BadRequest,CBorg.Commands.InvokeCBorgChatCommand", run.Error.FullyQualifiedErrorId);
    }

    private string[] Urls(EngineRun run, int chats = 1)
    {
        run.Done();
        Assert.Equal(chats, _stub.Chats.Count);
        return
        [
            .. _stub
                .Chats.SelectMany(chat => chat.Json.GetProperty("messages")[0].GetProperty("content").EnumerateArray())
                .Where(part => part.GetProperty("type").GetString() == "image_url")
                .Select(part => part.GetProperty("image_url").GetProperty("url").GetString()!),
        ];
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
}
