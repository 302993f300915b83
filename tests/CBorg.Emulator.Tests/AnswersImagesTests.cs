using System;
using System.Text.Json.Nodes;
using CBorg.Emulator.Answers;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnswersImagesTests
{
    [Fact]
    public void A_png_tells_its_size()
    {
        var facts = ImageFacts.Read(TestPng.Make(13, 9));
        Assert.Equal(("PNG", 13, 9), (facts.Format, facts.Width, facts.Height));
    }

    [Theory]
    [InlineData("R0lGODlhAwACAIAAAAAAAP///ywAAAAAAwACAAACAoRRADs=", "GIF", 3, 2)]
    [InlineData("/9j/4AAQSkZJRgABAQAAAQABAAD/wAARCAAQACADASIAAhEBAxEB", "JPEG", 32, 16)]
    [InlineData("UklGRhoAAABXRUJQVlA4TA0AAAAvB8ABAAcQERGIiP4HAA==", "WebP", 8, 8)]
    public void Other_formats_tell_their_size(string base64, string format, int width, int height)
    {
        var facts = ImageFacts.Read(Convert.FromBase64String(base64));
        Assert.Equal((format, width, height), (facts.Format, facts.Width, facts.Height));
    }

    [Fact]
    public void Broken_images_break_nothing()
    {
        var png = TestPng.Make(40, 40);
        for (var length = 0; length < png.Length; length += 3)
        {
            Assert.NotNull(ImageFacts.Read(png[..length]).Format);
        }
    }

    [Fact]
    public void The_summary_tells_of_images_and_files()
    {
        var png = Convert.ToBase64String(TestPng.Make(4, 2));
        var request = new JsonObject
        {
            ["messages"] = new JsonArray(
                new JsonObject
                {
                    ["role"] = "user",
                    ["content"] = new JsonArray(
                        new JsonObject { ["type"] = "text", ["text"] = "What is in the picture?" },
                        new JsonObject
                        {
                            ["type"] = "image_url",
                            ["image_url"] = new JsonObject { ["url"] = "data:image/png;base64," + png },
                        },
                        new JsonObject { ["type"] = "image_url", ["image_url"] = "https://example.org/cat.png" },
                        new JsonObject
                        {
                            ["type"] = "file",
                            ["file"] = new JsonObject
                            {
                                ["filename"] = "a.pdf",
                                ["file_data"] = "data:application/pdf;base64,AAAA",
                            },
                        }
                    ),
                }
            ),
        };
        var text = Requests.Answer(request).Choices[0].Text;
        Assert.Contains("2 images: PNG, 4 x 2 pixels; remote, at example.org, not fetched.", text, StringComparison.Ordinal);
        Assert.Contains("1 file: a.pdf, application/pdf, 3 bytes.", text, StringComparison.Ordinal);
    }
}
