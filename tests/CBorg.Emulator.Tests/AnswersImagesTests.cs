using System;
using System.Text.Json.Nodes;
using CBorg.Emulator.Answers.Images;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnswersImagesTests
{
    [Theory]
    [InlineData(2, 8, false)]
    [InlineData(6, 8, false)]
    [InlineData(2, 16, false)]
    [InlineData(2, 8, true)]
    [InlineData(6, 16, true)]
    public void A_png_tells_size_and_mean_colour(int colourType, int depth, bool interlaced)
    {
        var facts = ImageReader.Read(TestPng.Make(13, 9, colourType, depth, interlaced, (x, y) => x < 13 && y % 3 == 0 ? [200, 0, 0, 255] : [200, 30, 0, 255]));
        Assert.Equal(("PNG", 13, 9), (facts.Format, facts.Width, facts.Height));
        Assert.Equal(new Colour(200, 20, 0), facts.MeanColour);
    }

    [Fact]
    public void Grey_and_palettes_are_read_too()
    {
        Assert.Equal(new Colour(128, 128, 128), ImageReader.Read(TestPng.Make(4, 4, 0, 8, false, (_, _) => [128])).MeanColour);
        Assert.Equal(new Colour(255, 255, 255), ImageReader.Read(TestPng.Bits(5, 2, 1, 0b1111_1000, null)).MeanColour);
        Assert.Equal(new Colour(0, 0, 255), ImageReader.Read(TestPng.Bits(8, 2, 1, 0b1111_1111, [255, 0, 0, 0, 0, 255])).MeanColour);
    }

    [Theory]
    [InlineData("R0lGODlhAwACAIAAAAAAAP///ywAAAAAAwACAAACAoRRADs=", "GIF", 3, 2)]
    [InlineData("/9j/4AAQSkZJRgABAQAAAQABAAD/wAARCAAQACADASIAAhEBAxEB", "JPEG", 32, 16)]
    [InlineData("UklGRhoAAABXRUJQVlA4TA0AAAAvB8ABAAcQERGIiP4HAA==", "WebP", 8, 8)]
    public void Other_formats_tell_their_size(string base64, string format, int width, int height)
    {
        var facts = ImageReader.Read(Convert.FromBase64String(base64));
        Assert.Equal((format, width, height), (facts.Format, facts.Width, facts.Height));
    }

    [Fact]
    public void Broken_images_break_nothing()
    {
        var png = TestPng.Make(40, 40, 2, 8, false, (x, y) => [(byte)(x * 5), (byte)(y * 5), 9]);
        for (var length = 0; length < png.Length; length += 7)
        {
            Assert.NotNull(ImageReader.Read(png[..length]).Format);
        }
    }

    [Fact]
    public void The_summary_tells_of_images_and_files()
    {
        var png = Convert.ToBase64String(TestPng.Make(4, 2, 2, 8, false, (_, _) => [220, 20, 20]));
        var request = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["text"] = "What is in the picture?" },
                    new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/png;base64," + png } },
                    new JsonObject { ["type"] = "image_url", ["image_url"] = "https://example.org/cat.png" },
                    new JsonObject { ["type"] = "file", ["file"] = new JsonObject { ["filename"] = "a.pdf", ["file_data"] = "data:application/pdf;base64,AAAA" } }),
            }),
        };
        var text = Requests.Answer(request).Choices[0].Text;
        Assert.Contains("2 images: PNG, 4 x 2 pixels, mean colour #dc1414 (red); remote, at example.org, not fetched.", text, StringComparison.Ordinal);
        Assert.Contains("1 file: a.pdf, application/pdf, 3 bytes.", text, StringComparison.Ordinal);
    }
}
